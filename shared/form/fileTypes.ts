import mime from '../generated/libraries/mime';

/** A type that only says that a file is a file. */
const anyType = 'application/octet-stream';

/** The MIME type of a file by its name; the one for any file where the name says none. */
export function typeOf(fileName: unknown): string {
  return (typeof fileName === 'string' && mime.getType(fileName)) || anyType;
}

/** A name that ends in an extension, such as `report.pdf`; the dot of `.profile` begins no extension. */
const withDot = /[^.]\.[\p{L}\p{N}_~+-]{1,16}$/u;

/**
 * A file's name with an extension, so that its recipient can open it: one that has none gets that of its MIME type,
 * if there is a usual one.
 */
export function withExtension(name: string, type: string): string {
  if (withDot.test(name)) return name;
  const extension = bareType(type) === anyType ? null : mime.getExtension(type);
  return extension ? `${name.replace(/\.$/, '')}.${extension}` : name;
}

/**
 * A MIME type in lower case, without parameters: `image/png; name=x.png` → `image/png`. The service takes images by their
 * type alone.
 */
export function bareType(type: string): string {
  return type.replace(/;.*/s, '').trim().toLowerCase();
}
