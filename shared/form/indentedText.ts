/** Plain text of blocks that stand within quotes and items of lists. */
export interface IndentedText {
  /** Writes the lines of a block; a blank line is in front of it unless it is joined. */
  write(lines: readonly string[]): void;
  /** Begins a quote or an item, with what is in front of its first line and of its others. */
  indent(first: string, others: string): void;
  outdent(): void;
  /** Has a blank line in front of what comes next. */
  separate(): void;
  /** Has no blank line in front of what comes next. */
  join(): void;
  /** The text, with a line break at its end unless it is empty. */
  end(): string;
}

interface Indent {
  first: string;
  others: string;
  /** Whether it has no line yet. */
  isNew: boolean;
}

/** How much is in front of a line: deep nesting would make a text many times as long as what it is made from. */
const mostIndent = 40;

export function createIndentedText(): IndentedText {
  const written: string[] = [];
  const indents: Indent[] = [];
  let isSeparate = false;

  // What is in front of each line, unless something has begun or ended.
  let usual: string | undefined;

  const before = () => {
    if (usual !== undefined) return usual;
    const marks = indents.map(({ first, others, isNew }) => (isNew ? first : others)).join('');
    if (!indents.some(({ isNew }) => isNew)) usual = marks;
    for (const one of indents) one.isNew = false;
    return marks;
  };
  const push = (line: string) => written.push(`${before()}${line}`.trimEnd());
  const separateNow = () => {
    if (isSeparate && written.length > 0) push('');
    isSeparate = false;
  };
  const text: IndentedText = {
    write(lines) {
      if (lines.length === 0) return;
      separateNow();
      lines.forEach(push);
      isSeparate = true;
    },
    indent(first, others) {
      separateNow();
      const width = indents.reduce((sum, one) => sum + one.others.length, 0);
      usual = undefined;
      indents.push({ first, others: width < mostIndent ? others : '', isNew: true });
    },
    outdent() {
      // What has no text is there all the same.
      if (indents.at(-1)?.isNew) push('');
      indents.pop();
      usual = undefined;
      isSeparate = true;
    },
    separate: () => (isSeparate = true),
    join: () => (isSeparate = false),
    end: () => (written.length > 0 ? `${written.join('\n')}\n` : ''),
  };
  return text;
}
