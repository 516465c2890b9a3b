import { element } from './dom.js';

const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const precise = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** A moment for people, with the exact one in its attribute. */
export function moment(at) {
  return made(at, full.format(at));
}

/** A moment in a list: the time today, the day before that, the year before this one. */
export function briefMoment(at, now = new Date()) {
  const then = new Date(at);
  if (then.toDateString() === now.toDateString()) return made(at, time.format(at));
  return made(
    at,
    `${then.getFullYear() === now.getFullYear() ? day.format(at) : date.format(at)}, ${time.format(at)}`,
  );
}

/** The same with seconds, for what comes in quick succession. */
export function preciseMoment(at, now = new Date()) {
  const isToday = new Date(at).toDateString() === now.toDateString();
  return made(at, isToday ? precise.format(at) : full.format(at));
}

function made(at, text) {
  return element('time', { datetime: new Date(at).toISOString(), title: full.format(at) }, text);
}
