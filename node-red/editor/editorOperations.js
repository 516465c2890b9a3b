/** The operation that a node of several is set to; empty where messages say it, undefined where the node has one only. */
function chosenOperation(node) {
  if (!('operation' in node._def.defaults)) return undefined;
  return $('#node-input-operation').val() ?? node.operation ?? '';
}

/** Whether a field must be filled; of several operations, one may need it, and another may not have it. */
function needOf(node, required) {
  if (typeof required !== 'object') return { isShown: true, isRequired: required };
  const operation = chosenOperation(node);
  return { isShown: operation === '' || operation in required, isRequired: required[operation] ?? false };
}

/** Shows the rows of the chosen operation, and says what it does; all rows where messages choose. */
function followOperation(node) {
  const select = $('#node-input-operation');
  const show = () => {
    const operation = select.val();
    const textOf = (key) => node._(`${node.type}.of.${operation}.${key}`);
    $('#sendclean-about')
      .text(operation ? textOf('description') : '')
      .toggle(Boolean(operation));
    $('#dialog-form [data-operations]').each(function () {
      const row = $(this);
      row.toggle(!operation || row.data('operations').split(' ').includes(operation));
      const name = row.find('[data-types]').attr('id')?.replace('node-input-', '');
      if (operation && name) row.attr('title', textOf(`field.${name}`));
    });
  };
  select.on('change', show);
  show();
}
