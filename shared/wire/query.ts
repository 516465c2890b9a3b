/** A request as query parameters; what is nested becomes `outer[inner]`, as the vendor's page shows it. */
export function toQuery(request: object): [string, string][] {
  return Object.entries(request).flatMap(([name, value]: [string, unknown]): [string, string][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([inner, one]) => [
          wellFormed(`${name}[${inner}]`),
          wellFormed(String(one)),
        ])
      : [[name, wellFormed(String(value))]],
  );
}

/** A text without halves of surrogate pairs, such as an emoji that was cut in two leaves; no URL can hold them. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Query parameters as the text of a URL, without the question mark. */
export function encodeQuery(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
}
