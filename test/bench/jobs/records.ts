const size = 100;

/** A page of Get Message Info: all but the last one are full, and those behind it are empty. */
export function page(index: number, pages: number): string {
  const count = index < pages - 1 ? size : index === pages - 1 ? size / 2 : 0;
  const records = Array.from({ length: count }, (_, place) => record(index * size + place));
  return JSON.stringify({ status: 'success', message_data: records });
}

/** How many records there are on all pages. */
export function recordCount(pages: number): number {
  return (pages - 1) * size + size / 2;
}

function record(number: number) {
  return {
    subject: `Order ${number}`,
    sender: 'shop@example.com',
    email: 'jane@example.com',
    sendFrom: '127.0.0.1',
    mailSize: 2048,
    attchSize: 0,
    status: 'delivered',
    time: 1_767_225_600_000 + number,
    open: 1,
    openData: { ip: ['192.0.2.1'], ua: ['Mozilla/5.0'], time: [1_767_225_600_000] },
    click: 0,
    clickData: { ip: [], ua: [], time: [] },
  };
}
