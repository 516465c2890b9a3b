/** A path that nobody can guess, as whoever knows it can post events. */
function randomPath() {
  const characters = 'abcdefghijklmnopqrstuvwxyz234567';
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `/sendclean/${Array.from(bytes, (byte) => characters[byte % characters.length]).join('')}`;
}

/** Whether the form of a node, or the node itself, needs what a webhook of the account needs. */
function needsWebhook(node) {
  const isOn = (name) => {
    const box = $(`#node-input-${name}`);
    return box.length ? box.prop('checked') : node[name];
  };
  return isOn('register') || isOn('verifySignature');
}

/** A check that gives the key of what is wrong with a value, for Node-RED. */
function checked(name, problemOf) {
  return function (value, options) {
    const problem = problemOf.call(this, (value || '').trim());
    if (!problem) return true;
    return options ? `${this._(`sendclean-events.label.${name}`)} ${this._(problem)}` : false;
  };
}

/** The address that SendClean posts to, as far as the editor knows it. */
function eventsAddress() {
  const entered = (name) => $(`#node-input-${name}`).val().trim();
  const base = entered('publicAddress') || location.origin;
  const parts = [RED.settings.httpNodeRoot || '/', entered('path')].flatMap((part) => part.split('/'));
  return [base.endsWith('/') ? base.slice(0, -1) : base, ...parts.filter(Boolean)].join('/');
}

/** Shows the address and what to do with it, while a person edits what it consists of. */
function followAddress(node) {
  const address = $('#sendclean-address');
  const show = () => {
    address.val(eventsAddress());
    const isRegistered = $('#node-input-register').prop('checked');
    const isPublic = $('#node-input-publicAddress').val().trim() !== '';
    const key = isRegistered ? 'registered' : isPublic ? 'enter' : 'enterOther';
    $('#sendclean-address-note').text(node._(`sendclean-events.note.${key}`));
  };
  $('#node-input-path, #node-input-publicAddress').on('input change', show);
  $('#node-input-register, #node-input-verifySignature').on('change', () => {
    show();
    // Whether they are required depends on it.
    $('#node-input-account, #node-input-publicAddress').trigger('change');
  });
  $('#sendclean-copy').on('click', function () {
    RED.clipboard.copyText(address.val(), $(this), 'clipboard.copyMessageValue');
  });
  show();
}

RED.nodes.registerType('sendclean-events', {
  category: 'SendClean',
  color: '#8ab8f0',
  icon: 'font-awesome/fa-bell-o',
  inputs: 0,
  outputs: 1,
  paletteLabel() {
    return this._('sendclean-events.title');
  },
  defaults: {
    name: { value: '' },
    version: { value: /* version */ 0 },
    account: {
      value: '',
      type: 'sendclean-account',
      validate: checked('account', function (value) {
        return needsWebhook(this) && (!value || value === '_ADD_') && 'sendclean.required';
      }),
    },
    path: {
      value: '',
      validate: checked('path', (value) => {
        if (!/[^/]/.test(value)) return 'sendclean.required';
        const isPlain = /^[\w./~-]+$/.test(value) && !value.split('/').some((part) => /^\.\.?$/.test(part));
        return !isPlain && 'sendclean-events.problem.path';
      }),
    },
    events: { value: /* events */ '', validate: validator('events', true) },
    eventsType: { value: 'choices' },
    smtpUser: { value: '' },
    simplify: { value: true },
    register: { value: false },
    publicAddress: {
      value: '',
      validate: checked('publicAddress', function (value) {
        if (!value) return needsWebhook(this) && 'sendclean.required';
        return (
          !/^https?:\/\/[^/?#@\s]+(\/[^?#@\s]*)?$/i.test(value) && 'sendclean-events.problem.publicAddress'
        );
      }),
    },
    verifySignature: { value: false },
  },
  label() {
    return this.name || this._('sendclean-events.title');
  },
  labelStyle() {
    return this.name ? 'red-ui-flow-node-label-italic' : '';
  },
  onadd() {
    this.path ||= randomPath();
  },
  oneditprepare() {
    const path = $('#node-input-path');
    if (!path.val()) path.val(randomPath());
    prepareForm(this);
    followAddress(this);
  },
});
