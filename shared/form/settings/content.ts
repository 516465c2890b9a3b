import { yesOrNo, type Setting } from './setting';

/** How the content of an email is written. */
export const contentSettings = {
  emailFormat: {
    title: 'Email Format',
    description: 'How you write the content',
    group: 'content',
    place: 'options',
    kind: 'choice',
    choices: [
      {
        value: 'auto',
        title: 'Automatic',
        description: 'Write either HTML or plain text: it is HTML if there is a tag in it',
      },
      {
        value: 'both',
        title: 'Both',
        description: 'Write HTML, and plain text for email apps that do not show HTML',
      },
      { value: 'html', title: 'HTML', description: 'Write HTML' },
      {
        value: 'markdown',
        title: 'Markdown',
        description: 'Write Markdown, which is sent as HTML and as plain text',
      },
      { value: 'text', title: 'Text', description: 'Write plain text' },
    ],
    default: 'html',
    hosts: {
      nodeRed: {
        title: 'HTML Format',
        description:
          'What the HTML field holds. Automatic: HTML, or plain text if there is no tag in it. Markdown: sent as HTML and as plain text.',
        choices: ['auto', 'markdown'],
        default: 'auto',
      },
    },
  },
  markdown: {
    title: 'Markdown',
    description:
      'Email content as Markdown, with headings, lists, tables and links. It is sent as HTML, and as plain text for email apps that do not show HTML.',
    group: 'content',
    kind: 'multiline',
    placeholder: 'Thank you for your **order**.',
    hosts: { nodeRed: { reason: 'it is a type of the field HTML' } },
  },
  content: {
    title: 'Content',
    description: 'Email content as HTML or plain text',
    group: 'content',
    kind: 'multiline',
    placeholder: 'Thank you for your order.',
    hosts: { nodeRed: { reason: 'the field HTML takes both' } },
  },
  markdownHtml: {
    title: 'HTML in Markdown',
    place: 'options',
    description:
      'Whether HTML tags in Markdown are used as HTML instead of being shown as text. Allow this only for content that you trust.',
    group: 'send',
    kind: 'switch',
    choices: yesOrNo,
    default: 'no',
  },
} satisfies Record<string, Setting>;
