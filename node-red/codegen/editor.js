/* global RED, $ */

/** Checks a typed input; a field is red when it is required and empty, or holds what its type does not allow. */
function validator(name, required) {
  const typed = RED.validators.typedInput(`${name}Type`);
  return function (value, options) {
    if (value !== '' && value !== undefined) return typed.call(this, value, options);
    if (!required) return true;
    return options ? `${this._(`${this.type}.label.${name}`)} ${this._('sendclean.required')}` : false;
  };
}

/** Makes the typed inputs of a form, and opens its options if one of them is set. */
function prepareForm(node) {
  const form = $('#dialog-form');
  form.find('[data-types]').each(function () {
    const name = this.id.replace('node-input-', '');
    const types = $(this)
      .data('types')
      .map((type) => (typeof type === 'string' ? type : choiceType(node, name, type.choice)));
    $(this).typedInput({ types, typeField: `#${this.id}Type` });
  });
  $('#node-input-result').typedInput({ types: ['msg'] });
  const isSet = (name) => node[name] !== node._def.defaults[name].value;
  const options = form.find('details');
  const names = options.find('[data-types]').map((_, input) => input.id.replace('node-input-', ''));
  options.prop(
    'open',
    names.get().some((name) => isSet(name) || isSet(`${name}Type`)),
  );
}

function choiceType(node, name, values) {
  const label = (value) => node._(value ? `${node.type}.choice.${name}.${value}` : 'sendclean.notSet');
  return {
    value: 'choice',
    label: node._('sendclean.type.choice'),
    icon: 'fa fa-list-ul',
    options: values.map((value) => ({ value, label: label(value) })),
  };
}
