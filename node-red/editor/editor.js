/** Checks a typed input; a field is red when it is required and empty, or holds what its type does not allow. */
function validator(name, required, kind) {
  const typed = RED.validators.typedInput(`${name}Type`);
  return function (value, options) {
    const isEmpty = value === '' || value === undefined;
    const type = $(`#node-input-${name}Type`).val() || this[`${name}Type`];
    const { isShown, isRequired } = needOf(this, required);
    if (!isShown) return true;
    const problem = isEmpty ? isRequired && 'required' : valueProblem(type, kind, value);
    if (problem)
      return options ? `${this._(`${this.type}.label.${name}`)} ${this._(`sendclean.${problem}`)}` : false;
    return isEmpty || type === 'list' || type === 'choices' || typed.call(this, value, options);
  };
}

/** What is wrong with a value, beyond what Node-RED checks automatically, as a key of the catalog. */
function valueProblem(type, kind, value) {
  if (type === 'list') return listProblem(kind, value);
  // The names of environment variables may stand for addresses.
  if (type === 'str' && kind === 'recipients' && !/@|\$[{(]/.test(value)) return 'noAddress';
  return undefined;
}

/** The label of a node without a name: its title and the first of the named fields that holds fixed text. */
function summary(node, names) {
  const title = node._(`${node.type}.${node.operation ? `of.${node.operation}.` : ''}title`);
  const text = names.map((name) => fixedText(node[name], node[`${name}Type`])).find(Boolean);
  if (!text) return title;
  return `${title}: ${text.length > 30 ? `${text.slice(0, 29)}…` : text}`;
}

function fixedText(value, type) {
  if (type === 'str') return value;
  const [first, ...others] = (type === 'list' && readRows(value)) || [];
  if (!first) return '';
  return others.length ? `${first.email} +${others.length}` : first.email;
}

/** Checks the property for the result; flows from elsewhere may lack it. */
function validResult(value, options) {
  return value === undefined || RED.validators.typedInput({ type: 'msg' }).call(this, value, options);
}

/** Makes the typed inputs of a form, and opens its options if one of them is set. */
function prepareForm(node) {
  const form = $('#dialog-form');
  form.find('[data-types]').each(function () {
    prepareInput(node, $(this), this.id.replace('node-input-', ''));
  });
  $('#node-input-result').typedInput({ types: ['msg'] });
  chooseOnlyAccount(form.find('#node-input-account'));
  makeTabbable(form.find('a.red-ui-button:not([href])'));
  if ('operation' in node._def.defaults) followOperation(node);
  // A flow from before a field was there lacks it.
  const isSet = (name) => ![undefined, node._def.defaults[name].value].includes(node[name]);
  const options = form.find('details');
  const names = options.find('[data-types]').map((_, input) => input.id.replace('node-input-', ''));
  options.prop(
    'open',
    names.get().some((name) => isSet(name) || isSet(`${name}Type`)),
  );
}

/** Makes a typed input of Node-RED's types and ours, each of which stands as `{ maker: detail }`. */
function prepareInput(node, input, name) {
  const makers = {
    choice: choiceType,
    choices: choicesType,
    text: textType,
    markdown: textType,
    list: listType,
  };
  const own = {};
  const types = input.data('types').map((type) => {
    if (type === 'str' && input.is('[data-offers]')) return offeringType(node, input, name);
    if (typeof type === 'string') return type;
    const [[maker, detail]] = Object.entries(type);
    own[maker] = detail;
    return makers[maker](node, name, detail);
  });
  input.typedInput({ types, typeField: `#${input.attr('id')}Type` });
  bindLabel(node, input);
  forgetSource(input);
  if (own.text) showText(input, node[name]);
  if (own.list) showList(node, input, own.list);
}

/** Types whose value says where the field's own value is. */
const sources = ['msg', 'flow', 'global', 'env', 'jsonata'];

/** Takes the name of a property out of a field that is text or a list from now on, and puts it back when it is not. */
function forgetSource(input) {
  let { type, value } = { type: input.typedInput('type'), value: input.typedInput('value') };
  let known = '';
  input.on('change', () => {
    const now = { type: input.typedInput('type'), value: input.typedInput('value') };
    const before = { type, value };
    ({ type, value } = now);
    if (now.type === before.type) return;
    const isSource = sources.includes(now.type);
    if (sources.includes(before.type) && !isSource && now.value === before.value) {
      known = before.value;
      input.typedInput('value', '');
    } else if (isSource && !sources.includes(before.type) && now.value === '' && now.type !== 'jsonata') {
      input.typedInput('value', known);
    }
  });
}

/** Gives the label to what the typed input put in place of the input that the label is for. */
function bindLabel(node, input) {
  const row = input.closest('.form-row');
  const label = row.children('label');
  const id = `${input.attr('id')}-label`;
  label.attr('id', id);
  const container = input.next('.red-ui-typedInput-container');
  container.attr({ role: 'group', 'aria-labelledby': id });
  container.find('.red-ui-typedInput-input').attr('aria-labelledby', id);
  const expand = node._('sendclean.expand');
  container.find('.red-ui-typedInput-option-expand').attr({ 'aria-label': expand, title: expand });
  const controls = 'input, textarea, .red-ui-typedInput-option-trigger';
  label.on('click', () => row.find(controls).filter(':visible').first().trigger('focus'));
}

/** Chooses the account for a node without one, when there is one only. */
function chooseOnlyAccount(select) {
  const accounts = select.find('option').filter((_, { value }) => value !== '' && value !== '_ADD_');
  if (select.val() === '_ADD_' && accounts.length === 1) select.val(accounts.val()).trigger('change');
}

/** Lets the keyboard reach buttons that Node-RED makes for the mouse only, such as those of the account. */
function makeTabbable(buttons) {
  buttons.attr({ tabindex: 0, role: 'button' }).on('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    $(event.currentTarget).trigger('click');
  });
}

/** Several values of which a person chooses some; they are stored with commas between them. */
function choicesType(node, name, values) {
  return {
    ...choiceType(node, name, values),
    value: 'choices',
    label: node._('sendclean.type.choices'),
    multiple: true,
  };
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
