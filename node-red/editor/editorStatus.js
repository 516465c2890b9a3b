/** Shows the statuses that `src/status.ts` writes in English in the editor's language. */
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

/** A known reason, or what is wrong with a field after its label. */
function statusReason(node, reason) {
  const label = (name, options) => node._(`${node.type}.label.${name}`, options);
  const fields = Object.keys(node._def.defaults).map((name) => [label(name, { lng: 'en-US' }), label(name)]);
  const named = fields.filter(([english]) => `${reason} `.startsWith(`${english} `));
  // “From Email” begins with “From” too.
  const [[english, own] = []] = named.sort(([a], [b]) => b.length - a.length);
  if (english === undefined) return statusWord(node, reason);
  return `${own} ${statusWord(node, reason.slice(english.length + 1))}`.trim();
}

function statusWord(node, english) {
  const key = `sendclean.status.${english}`;
  const word = node._(key);
  return word === key ? english : word;
}
