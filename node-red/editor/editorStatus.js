/** Shows the statuses that `src/status.ts` and `statusReason.ts` write in English in the editor's language. */
function translateStatuses(types) {
  RED.comms.subscribe('status/#', (topic, status) => {
    const node = RED.nodes.node(topic.split('/')[1]);
    if (!node || !types.includes(node.type) || typeof status.text !== 'string') return;
    // The editor has stored this very object as the node's status, so changing it is enough.
    status.text = statusText(node, status.text);
    node.dirtyStatus = true;
    node.dirty = true;
    RED.view.redrawStatus(node);
  });
}

/** “not sent: To is empty”, “sending 3, queued 2” or “validated, not sent” in the editor's language. */
function statusText(node, text) {
  const [, outcome, reason] = /^([^:]+): (.*)$/.exec(text) ?? [];
  if (outcome) return `${statusWord(node, outcome)}: ${statusReason(node, reason)}`;
  const whole = statusWord(node, text);
  if (whole !== text) return whole;
  const parts = text.split(', ').map((part) => {
    const [, word = part, number] = /^(\D+) (\d+)$/.exec(part) ?? [];
    return number === undefined ? part : `${statusWord(node, word)} ${number}`;
  });
  return parts.join(', ');
}

/** A known reason, or what is wrong with a field, or with one of two, after their labels. */
function statusReason(node, reason) {
  const [english, own] = leadingLabel(node, reason);
  if (english === undefined) return statusWord(node, reason);
  const rest = reason.slice(english.length + 1);
  const [, other] = /^or (.*)$/.exec(rest) ?? [];
  return other
    ? `${own} ${statusWord(node, 'or')} ${statusReason(node, other)}`
    : `${own} ${statusWord(node, rest)}`;
}

/** The label that a reason starts with, in English and in the editor's language; the account's are among them. */
function leadingLabel(node, reason) {
  const { defaults, credentials } = RED.nodes.getType('sendclean-account');
  const names = Object.keys({ ...node._def.defaults, ...defaults, ...credentials });
  const labels = [node.type, 'sendclean'].flatMap((namespace) =>
    names.map((name) => {
      const key = `${namespace}.label.${name}`;
      return [node._(key, { lng: 'en-US' }), node._(key)];
    }),
  );
  const leading = labels.filter(([english]) => reason.startsWith(`${english} `));
  // “From Email” begins with “From” too.
  return leading.sort(([a], [b]) => b.length - a.length)[0] ?? [];
}

function statusWord(node, english) {
  const key = `sendclean.status.${english}`;
  const word = node._(key);
  return word === key ? english : word;
}
