/** A file that was uploaded to an http in node, as multer leaves it in `msg.req.files`. */
interface Upload {
  buffer: unknown;
  originalname?: unknown;
  mimetype?: unknown;
  /** Name of the form's field that it was chosen in. */
  fieldname?: unknown;
}

/** Whether a file is an upload, rather than one of an email. */
export function isUpload(file: object): file is Upload {
  return 'buffer' in file && !('content' in file);
}

/** An upload as the e-mail node has files; the HTML may show it by the name of its field. */
export function fromUpload({ buffer, originalname, mimetype, fieldname }: Upload) {
  return { content: buffer, filename: asWritten(originalname), contentType: mimetype, cid: fieldname };
}

/**
 * The name of an upload. Browsers write it in UTF-8, which multer reads as Latin-1 by default
 * (https://github.com/expressjs/multer/issues/1104).
 */
function asWritten(name: unknown): unknown {
  if (typeof name !== 'string' || !/^[\u0000-\u00ff]*$/.test(name)) return name;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(name, 'latin1'));
  } catch {
    return name;
  }
}
