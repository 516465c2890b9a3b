/** String formats of the operation files. They are bundled into the generated validators. */
import { fullFormats } from 'ajv-formats/dist/formats';

const asciiAddress = fullFormats.email as RegExp;

/** An addr-spec as RFC 5322 has it in practice: at most 254 characters, at most 64 before the @. */
export function email(text: string): boolean {
  return text.length <= 254 && text.lastIndexOf('@') <= 64 && asciiAddress.test(text);
}

/**
 * Base64 with padding, without line breaks. A search for a foreign character is used and not a repeated
 * group, because V8 runs out of stack on the latter when an attachment has some megabytes.
 */
export function base64(text: string): boolean {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(text.slice(0, text.length - padding));
}
