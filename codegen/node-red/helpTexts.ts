/** The English texts of the help, by the keys under which translators find them. */
export const helpTexts = {
  inputs: 'Inputs',
  outputs: 'Outputs',
  details: 'Details',
  setInNode: 'Set in the node',
  plainText: 'Text without any HTML tag is sent as plain text.',
  otherProperty: 'You can choose another property under Put Result In.',
  allRecords:
    'All records from all pages, in the order of the service; with one message per record, one record each.',
  parts:
    'With one message per record: lets a Join node combine them. If there is no record, no message is sent.',
  response: 'The response of the service.',
  sent: '<code>status</code>, <code>message</code> and <code>xUniqueId</code>: the service accepted the email.',
  errors: 'Errors',
  failed: "A failed message goes to the flow's Catch nodes, with details in <code>msg.sendclean</code>:",
  sentences: 'What happened and what to do.',
  examples: 'Examples',
  flows: 'Flows that use this node, in the menu under Import and Examples:',
  account: 'A SendClean account that the other SendClean nodes use.',
  settings: 'Settings',
  documentation: 'Documentation',
  typedInputs:
    'Every field is a typed input. In a new node, the fields above read the message properties named there; use the button in front of a field to choose a different source. A missing property counts as empty. Other message properties pass through.',
  typedInputsAlone:
    'Every field is a typed input; use the button in front of it to choose a source. Other message properties pass through.',
  manage: 'Reads and changes the settings of the account. The form chooses the operation:',
  operationOfMessage:
    'Where the form leaves the operation to the message, <code>msg.operation</code> holds one of these names.',
  lists:
    "Recipients, name-value pairs and files can be entered as a <b>list</b>, row by row. A file's content is the property named in its row, or text; an empty MIME type is derived from the file name.",
  files:
    'A Buffer, named by <code>msg.filename</code>; an object <code>{ filename, content, contentType, cid }</code> as the e-mail node takes; an object <code>{ type, name, content }</code> with base64; or a list of these. Files are never read from a path.',
  pairs: 'An object of names and values.',
  otherDetails: "The invalid field, the HTTP status, and the service's error name and code.",
  fateOfSend:
    '<code>notSent</code> if it is certain that no email was sent, so it is safe to send the message again; otherwise <code>unknown</code>.',
  fateOfChange:
    '<code>notSent</code> if it is certain that nothing was changed, so it is safe to send the message again; otherwise <code>unknown</code>.',
  fateOfRead: '<code>notSent</code>: a read sends nothing and is safe to repeat.',
  plainHttp: 'A custom endpoint can use plain http only for loopback and private addresses.',
  test: '<b>Test connection</b> checks the owner ID and token in this dialog with SendClean. It only reads, so no email is sent. A stored token is used only with the deployed owner ID and address; otherwise, enter it again. Environment variables can be tested after a deploy.',
  boundToken:
    'A token is only sent to the address it was entered for: after you change App Domain or Custom Endpoint, enter it again. A token from an environment variable is sent to the deployed address.',
  secrets:
    "Owner ID and token are stored in Node-RED's credentials, not in the flow file. They never appear in a message, error, log or status.",
};
