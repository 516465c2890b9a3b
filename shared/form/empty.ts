/** Whether a person left a field empty: then it is left out of the request. */
export function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** Whether a field is empty or holds blanks only. */
export function isNothing(value: unknown): boolean {
  return isEmpty(value) || (typeof value === 'string' && value.trim() === '');
}
