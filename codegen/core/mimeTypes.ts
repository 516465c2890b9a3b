/** MIME types as the library `mime` takes them: type → extensions. */
export type MimeTypes = Record<string, string[]>;

/**
 * MIME types from a list that takes less room: `image/jpeg jpg jpeg,png` has a line for each kind, and for each type its
 * extensions, if it is not the only one and the same as the type's name.
 */
export function typesOf(list: string): MimeTypes {
  const types: MimeTypes = {};
  for (const line of list.split('\n')) {
    const [kind, names = ''] = line.split('/');
    for (const entry of names.split(',')) {
      const [name = '', ...extensions] = entry.split(' ');
      types[`${kind}/${name}`] = extensions.length > 0 ? extensions : [name];
    }
  }
  return types;
}

/** The list of the types, for `typesOf`. */
export function listOf(types: MimeTypes): string {
  const kinds = new Map<string, string[]>();
  for (const [type, extensions] of Object.entries(types)) {
    const [kind = '', name = ''] = type.split('/');
    const entry = extensions.join(' ') === name ? name : [name, ...extensions].join(' ');
    kinds.set(kind, [...(kinds.get(kind) ?? []), entry]);
  }
  return [...kinds].map(([kind, entries]) => `${kind}/${entries.join(',')}`).join('\n');
}
