const isFilled = (value) => (value ? undefined : 'required');
const isAddress = (value) => (/^[^\s@,;]+@[^\s@,;]+$/.test(value) ? undefined : 'noAddress');
const fileColumns = [{ name: 'contentType' }, { name: 'content', check: isFilled, isTyped: true }];

/** What a row of each kind of list consists of. `src/list.ts` reads the rows. */
const columns = {
  recipients: [{ name: 'email', check: isAddress }, { name: 'name' }],
  pairs: [{ name: 'name', check: isFilled }, { name: 'value' }],
  attachments: [{ name: 'filename', check: isFilled }, ...fileColumns],
  images: [{ name: 'cid', check: isFilled }, ...fileColumns],
};

/** The rows of a stored list, or undefined for what is none. */
function readRows(value) {
  try {
    const rows = JSON.parse(value || '[]');
    return Array.isArray(rows) ? rows.map((row) => Object(row)) : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with a stored list, as a key of the catalog. */
function listProblem(kind, value) {
  const rows = readRows(value);
  if (!rows) return 'noList';
  const problems = rows.flatMap((row) => columns[kind].map(({ name, check }) => check?.(row[name] ?? '')));
  const [first] = problems.filter(Boolean);
  return first === 'required' ? 'incomplete' : first;
}

function listType(node) {
  return { value: 'list', label: node._('sendclean.type.list'), icon: 'fa fa-list', hasValue: false };
}

/** Shows the list below a typed input while its type is `list`. */
function showList(node, input, kind) {
  let list;
  const show = () => {
    const isList = input.typedInput('type') === 'list';
    if (isList && !list) list = createList(node, input, kind);
    list?.closest('.red-ui-editableList').toggle(isList);
  };
  input.on('change', show);
  show();
}

/** Makes the list of what the typed input holds, and writes each change of it back. */
function createList(node, input, kind) {
  const list = $('<ol></ol>').appendTo(input.closest('.form-row'));
  const add = (data) => list.editableList('addItem', data);
  let isFilling = true;
  const store = () => {
    if (isFilling) return;
    const rows = rowsOf(node, list, kind);
    input.typedInput('value', rows.length ? JSON.stringify(rows) : '');
  };
  list.editableList({
    addButton: node._('sendclean.list.add'),
    removable: true,
    sortable: true,
    height: 'auto',
    ariaLabelledBy: `${input.attr('id')}-label`,
    addItem: (row, _index, data) => addRow(node, kind, row, data),
    sortItems: store,
  });
  list.on('input change', store);
  // The row itself goes a little later, maybe after the form was closed.
  list.on('click', '.red-ui-editableList-item-remove', store);
  const rows = readRows(input.val()) ?? [];
  (rows.length ? rows : [{ isFirst: true }]).forEach(add);
  rowsOf(node, list, kind);
  isFilling = false;
  return list;
}

function addRow(node, kind, row, data) {
  row.addClass('sendclean-row');
  for (const { name, isTyped } of columns[kind]) {
    const label = node._(`sendclean.list.${name}`);
    const cell = $('<input type="text" />').attr({ placeholder: label, 'aria-label': label });
    cell
      .attr('data-column', name)
      .val(data[name] ?? '')
      .appendTo(row);
    if (isTyped) cell.typedInput({ types: ['msg', 'flow', 'global', 'str'], default: data.from ?? 'msg' });
  }
  row.siblings('.red-ui-editableList-item-remove').attr('aria-label', RED._('common.label.delete'));
  // A row of the button has no data.
  if (Object.keys(data).length === 0) row.find('input:visible').first().trigger('focus');
}

/** The rows of a list that are not empty; marks the cells that are wrong. */
function rowsOf(node, list, kind) {
  const shown = list.children(':not(.red-ui-editableList-item-deleting)').toArray();
  return shown.flatMap((item) => {
    const cell = ({ name }) => $(item).find(`[data-column="${name}"]`);
    const filled = columns[kind].filter((column) => cell(column).val());
    const checked = columns[kind].map((column) => {
      const problem = filled.length ? column.check?.(cell(column).val()) : undefined;
      mark(node, cell(column), problem);
      return { name: column.name, problem };
    });
    explain(
      node,
      $(item).find('.sendclean-row'),
      checked.filter(({ problem }) => problem),
    );
    if (filled.length === 0) return [];
    const row = Object.fromEntries(columns[kind].map((column) => [column.name, cell(column).val()]));
    const typed = columns[kind].find(({ isTyped }) => isTyped);
    return [typed ? { ...row, from: cell(typed).typedInput('type') } : row];
  });
}

function mark(node, cell, problem) {
  cell
    .add(cell.next('.red-ui-typedInput-container'))
    .toggleClass('input-error', Boolean(problem))
    .attr('title', problem ? node._(`sendclean.${problem}`) : null);
  cell.attr('aria-invalid', problem ? 'true' : null);
}

/** Says below a row what is wrong with it, by the names of its columns. */
function explain(node, row, problems) {
  const words = problems.map(
    ({ name, problem }) => `${node._(`sendclean.list.${name}`)} ${node._(`sendclean.${problem}`)}`,
  );
  const known = row.find('.sendclean-problem');
  const text = known.length ? known : $('<div class="sendclean-problem" role="alert"></div>').appendTo(row);
  text.text(words.join('; ')).toggle(words.length > 0);
}
