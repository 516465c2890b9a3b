import type { ItemCall } from './input';

/** The most addresses that are listed of one item. */
const most = 10;

/** The words for calls in a sentence, and whether they are several things. */
export interface Named {
  text: string;
  isSeveral: boolean;
}

/**
 * Names calls by their items: `items 1–5`, or `the email of item 6 to jane@example.com` where an item has other calls
 * as well that are not meant.
 * @param all the calls of the run.
 */
export function callNamer(all: readonly ItemCall[]): (calls: readonly ItemCall[]) => Named {
  const everyItem = byItem(all);
  return (calls) => {
    const whole: number[] = [];
    const parts: ItemCall[][] = [];
    for (const [item, own] of byItem(calls)) {
      if (own.length === everyItem.get(item)?.length) whole.push(item);
      else parts.push(own);
    }
    const items = whole.length > 0 ? [countItems(whole)] : [];
    return {
      text: [...items, ...parts.map(namePart)].join(' and '),
      isSeveral: whole.length + parts.flat().length > 1,
    };
  };
}

function byItem(calls: readonly ItemCall[]): Map<number, ItemCall[]> {
  const items = new Map<number, ItemCall[]>();
  for (const call of calls) {
    const own = items.get(call.itemIndex) ?? [];
    own.push(call);
    items.set(call.itemIndex, own);
  }
  return items;
}

function namePart(calls: readonly ItemCall[]): string {
  const addresses = calls.slice(0, most).map(({ more }) => String(more.email));
  const others = calls.length > most ? ` and ${calls.length - most} more` : '';
  const item = Number(calls[0]?.itemIndex);
  return `the ${plural('email', calls)} of item ${item} to ${addresses.join(', ')}${others}`;
}

function plural(word: string, { length }: readonly unknown[]): string {
  return length > 1 ? `${word}s` : word;
}

/** `[1]` → `item 1`, `[1, 2, 3, 7]` → `items 1–3, 7`; n8n counts items from 0. */
export function countItems(items: readonly number[]): string {
  return `${plural('item', items)} ${ranges(items)}`;
}

/** `[1, 2, 3, 7]` → `1–3, 7`. */
function ranges(numbers: readonly number[]): string {
  const starts = numbers.filter((number, index) => numbers[index - 1] !== number - 1);
  const ends = numbers.filter((number, index) => numbers[index + 1] !== number + 1);
  return starts.map((start, index) => (start === ends[index] ? start : `${start}–${ends[index]}`)).join(', ');
}
