/** Types whose text has several lines. */
const isText = (type) => type === 'str' || type === 'markdown';

/**
 * Text of several lines in place of Node-RED's one line, with a button for its large editor. The input of a typed
 * input holds no line breaks unless it is hidden.
 */
function textType(node, name, mode) {
  const title = node._(`${node.type}.label.${name}`);
  const look =
    mode === 'markdown'
      ? { value: mode, label: node._('sendclean.type.markdown'), icon: 'fa fa-hashtag' }
      : { value: 'str', label: RED._('typedInput.type.str'), icon: 'red/images/typedInput/az.svg' };
  return {
    ...look,
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
    const container = input.next('.red-ui-typedInput-container');
    container.toggleClass('sendclean-text', isText(input.typedInput('type')));
  };
  input.on('change', resize);
  resize();
  if (isText(input.typedInput('type'))) input.typedInput('value', stored ?? '');
}
