import { BenchError } from './error';

/** What the largest measurement needs, in bytes: ten attachments of 25 MB in n8n, and what runs beside it. */
const needed = { full: 4e9, quick: 1e9 };

/** @throws BenchError when less memory is free than the measurements need: swapping would be measured. */
export function checkMemory(available: number, isQuick: boolean): void {
  const wanted = isQuick ? needed.quick : needed.full;
  if (available >= wanted) return;
  const [has, needs] = [available, wanted].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`);
  throw new BenchError(`There is too little memory: ${has} are free, and ${needs} are needed.`);
}
