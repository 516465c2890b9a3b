/**
 * Text of one line as a person means it: without what a copy brings along at its ends, and unfolded, as email headers
 * are (RFC 5322, 2.2.3). A line break within it stays, for validation to refuse.
 */
export function toLine(text: string): string {
  return text.trim().replace(/\r?\n[ \t]+/g, ' ');
}
