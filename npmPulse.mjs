/**
 * Loaded into npm by `npm.mjs`: a download writes nothing while it goes on, so this writes a sign of life when bytes
 * came or work was done since the last one. A download that stalls gives none.
 */
import { Socket } from 'node:net';

/** How often signs of life are looked for, in milliseconds. */
const interval = 1000;

/** Less work than this in the interval, in microseconds of processor time, is that of waiting. */
const idle = 50_000;

const open = new Set();
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  open.add(this);
  this.once('close', () => open.delete(this));
  return connect.apply(this, args);
};

let bytes = 0;
let work = process.cpuUsage();
setInterval(() => {
  const { user, system } = process.cpuUsage(work);
  work = process.cpuUsage();
  const read = [...open].reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  if (read !== bytes || user + system > idle) process.stderr.write('\0');
  bytes = read;
}, interval).unref();
