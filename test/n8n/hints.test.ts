import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sendCleanNode, type NodeRun } from '../support/n8nEngine';
import { useNode } from './harness';

describe('what the n8n node shows above the items that it sent', () => {
  const { run } = useNode();
  const hints = async (changes: object, json = {}, more: Partial<NodeRun> = {}) => {
    const outcome = await run(changes, {}, json, more);
    assert.equal(outcome.error, undefined);
    for (const { type, location } of outcome.hints) {
      assert.equal(type, 'warning');
      assert.equal(location, 'outputPane');
    }
    return outcome.hints.map(({ message }) => message);
  };

  it('is nothing where an email is as it was meant', async () => {
    assert.deepEqual(await hints({}), []);
    assert.deepEqual(await hints({ options: { bcc: '', replyTo: '', cc: '={{ "a@example.com" }}' } }), []);
    assert.deepEqual(await hints({ emailFormat: 'html', text: '={{ $json.nothing }}' }), []);
  });

  it('is that all attachments were none', async () => {
    assert.deepEqual(await hints({ attachments: '*' }), ['Attachments: * found no file']);
    assert.deepEqual(await hints({ attachments: '={{ ({}) }}' }), [
      'Attachments: its expression gave no file',
    ]);
  });

  it('is each field whose expression came to nothing', async () => {
    const options = {
      bcc: '={{ $json.bcc }}',
      replyTo: '={{ $json.customer.email }}',
      inlineImages: '={{ $json.logo }}',
      skipSent: '={{ $json.skip }}',
      customHeaders: { pair: [{ name: 'X-Order', value: '={{ $json.order }}' }] },
    };
    const shown = await hints({ attachments: '={{ $json.file }}', fromName: '={{ " " }}', options });
    assert.deepEqual(
      shown.map((message) => message.replace(/: its expression came to nothing, .+/, '')).sort(),
      [
        'Attachments',
        'BCC',
        'Custom Headers (X-Order)',
        'From Name',
        'Inline Images',
        'Reply To',
        'Skip Already Sent',
      ],
    );
  });

  it('is a value of a template whose expression came to nothing', async () => {
    const pair = [
      { name: 'NAME', value: '={{ $json.name }}' },
      { name: 'CITY', value: '={{ $json.city }}' },
    ];
    const template = { operation: 'sendTemplate', templateId: 'welcome', dynamicValues: { pair } };
    assert.deepEqual(await hints(template, { city: 'Ghent' }), [
      'Dynamic Values (NAME): its expression came to nothing, so the field counts as empty',
    ]);
  });

  it('is that HTML has no tag', async () => {
    assert.deepEqual(await hints({ html: 'Hi\nJane' }), [
      'HTML: there is not a single tag in it, so it goes out as plain text',
    ]);
    assert.deepEqual(await hints({ emailFormat: 'both', html: 'Hi\nJane', text: 'Hi' }), [
      'HTML: there is not a single tag in it, so its line breaks will not show',
    ]);
  });

  it('is one hint for each cause, with the items that it is about as n8n counts them', async () => {
    const items = Array.from({ length: 14 }, (_, index) => ({
      json: index === 1 ? { bcc: 'a@example.com' } : {},
    }));
    const options = { bcc: '={{ $json.bcc }}' };
    assert.deepEqual(await hints({ options }, {}, { items }), [
      'BCC: its expression came to nothing, so the field counts as empty [items 0, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 3 more]',
    ]);
    assert.deepEqual(await hints({ options }, {}, { items: items.slice(0, 2) }), [
      'BCC: its expression came to nothing, so the field counts as empty [item 0]',
    ]);
  });

  it('is nothing in an n8n without such hints, where the email goes out all the same', async () => {
    const type = sendCleanNode();
    const { execute } = type;
    type.execute = async function () {
      Object.defineProperty(this, 'addExecutionHints', { value: undefined });
      return (await execute?.call(this)) ?? null;
    };
    assert.deepEqual(await hints({ attachments: '*' }, {}, { type }), []);
  });
});
