/** How long the editor waits after a key before it asks for what could be entered, in milliseconds. */
const pause = 200;

/** A type of fixed text that offers what the account has, by its names; any other text can be entered as well. */
function offeringType(node, input, name) {
  let asked = 0;
  const offer = async (text, done) => {
    const own = ++asked;
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (own !== asked) return;
    const { offers = [], message = '' } = await askForOffers(node, name);
    if (own !== asked) return;
    showProblem(input, message);
    const wanted = text.trim().toLowerCase();
    const matches = offers.filter(({ label }) => label.toLowerCase().includes(wanted));
    // The Tab key takes the first one, which must be what was typed.
    const isOther = wanted !== '' && matches.length > 0 && !matches.some(({ value }) => value === text);
    done(isOther ? [{ value: text, label: text }, ...matches] : matches);
  };
  return {
    value: 'str',
    label: RED._('typedInput.type.str'),
    icon: 'red/images/typedInput/az.svg',
    autoComplete: (text, done) => void offer(text, done),
  };
}

/** What the deployed account has for a field, or why it cannot be asked. */
async function askForOffers(node, name) {
  const account = $('#node-input-account').val();
  const operation = chosenOperation(node) ?? '';
  const path = [account, node.type, operation || '-', name].map(encodeURIComponent).join('/');
  try {
    return await $.getJSON(`sendclean/offers/${path}`, { language: node._('sendclean.language') });
  } catch ({ status, responseJSON }) {
    const key = status === 401 || status === 403 ? 'noPermission' : 'noAnswer';
    return { message: responseJSON?.message ?? node._(`sendclean.offers.${key}`) };
  }
}

/** Says below a field why nothing is offered. */
function showProblem(input, message) {
  const row = input.closest('.form-row');
  let note = row.find('.sendclean-problem');
  if (note.length === 0) note = $('<output class="sendclean-problem" role="status"></output>').appendTo(row);
  note.text(message).toggle(message !== '');
}
