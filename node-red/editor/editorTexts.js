/**
 * Text of several lines in place of Node-RED's one line, with a button for its large editor. The input of a typed
 * input holds no line breaks unless it is hidden.
 */
function textType(node, name, mode) {
  const title = node._(`${node.type}.label.${name}`);
  return {
    value: 'str',
    label: RED._('typedInput.type.str'),
    icon: 'red/images/typedInput/az.svg',
    inputType: 'hidden',
    valueLabel(container, value) {
      const { input, uiSelect } = this;
      const focus = (isFocused) => uiSelect.toggleClass('red-ui-typedInput-focus', isFocused);
      $('<textarea rows="3"></textarea>')
        .val(value)
        .attr({ placeholder: this.element.attr('placeholder') ?? '', 'aria-label': title })
        .on('input', (event) => input.val(event.target.value).trigger('change'))
        .on('focus', () => focus(true))
        .on('blur', () => focus(false))
        .appendTo(container);
    },
    expand() {
      const complete = (text) => this.value(text);
      RED.editor.editText({ mode, title, value: this.value(), width: 'Infinity', complete });
    },
  };
}

/** Shows a stored text with the line breaks that the form's own input took out of it. */
function showText(input, stored) {
  const resize = () => {
    const isText = input.typedInput('type') === 'str';
    input.next('.red-ui-typedInput-container').toggleClass('sendclean-text', isText);
  };
  input.on('change', resize);
  resize();
  if (input.typedInput('type') === 'str') input.typedInput('value', stored ?? '');
}
