import { PmmlFault, type PmmlRefusalCode } from './refused';

/** What a document may have at most. */
export interface XmlLimits {
  readonly characters: number;
  readonly elements: number;
  readonly depth: number;
  readonly attributes: number;
}

/** Room for a forest of a thousand deep trees; little enough for a process that has other things to do. */
export const DEFAULT_LIMITS: XmlLimits = {
  characters: 64 * 1024 * 1024,
  elements: 1_000_000,
  depth: 1_000,
  attributes: 64,
};

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly qualifiedName: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The characters directly inside this element, one run after the other. */
  readonly text: string;
  readonly parent: XmlElement | undefined;
  readonly line: number;
}

interface Growing extends XmlElement {
  readonly children: Growing[];
  readonly parent: Growing | undefined;
  text: string;
}

const NAME = /[\p{L}_:][\p{L}\p{N}\p{M}_:.·-]*/uy;
const ATTRIBUTE = /\s+([\p{L}_:][\p{L}\p{N}\p{M}_:.·-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy;
const TAG_END = /\s*(\/?)>/y;
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-zA-Z]+));|&/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters that XML does not allow
const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The path of an element from the root, with its position among namesakes where there are several. */
export const pathOf = (element: XmlElement | undefined): string => {
  const steps: string[] = [];
  for (let at = element; at !== undefined; at = at.parent) {
    const { name } = at;
    const namesakes = at.parent?.children.filter((sibling) => sibling.name === name) ?? [];
    steps.unshift(namesakes.length > 1 ? `${name}[${namesakes.indexOf(at) + 1}]` : name);
  }
  return `/${steps.join('/')}`;
};

/**
 * Reads one XML document, strictly and within limits: elements, attributes, text, comments, CDATA and processing
 * instructions; the five predefined entities and character references. A document type declaration is refused, so that
 * there is nothing to expand and nothing to fetch. Answers with the root; throws a `PmmlFault` that names the place.
 */
export const readXml = (text: string, limits: XmlLimits = DEFAULT_LIMITS): XmlElement =>
  new Reader(text, limits).read();

/** Lives as long as one document is read. */
class Reader {
  private at = 0;
  private line = 1;
  private lineEnd: number;
  private elements = 0;
  private depth = 0;
  private root: Growing | undefined;
  private open: Growing | undefined;

  constructor(
    private readonly source: string,
    private readonly limits: XmlLimits,
  ) {
    const first = source.indexOf('\n');
    this.lineEnd = first < 0 ? source.length : first;
  }

  read(): XmlElement {
    const { source, limits } = this;
    if (source.length > limits.characters) this.fail('XML_TOO_LARGE', `more than ${limits.characters} characters`);
    const control = source.search(FORBIDDEN_CHARACTER);
    if (control >= 0) {
      this.at = control;
      this.fail('XML_MALFORMED', 'a character that XML does not allow');
    }
    if (source.startsWith('\ufeff')) this.at = 1;
    while (this.at < source.length) this.readNext();
    if (this.open !== undefined) this.fail('XML_MALFORMED', `the text ends inside ${this.open.name}`);
    if (this.root === undefined) return this.fail('XML_MALFORMED', 'there is no element');
    return this.root;
  }

  private readNext(): void {
    const start = this.source.indexOf('<', this.at);
    this.readText(start < 0 ? this.source.length : start);
    if (start < 0) return;
    const next = this.source[start + 1];
    if (next === '/') this.readEndTag();
    else if (next === '?') this.skipTo('?>', 'a processing instruction');
    else if (next === '!') this.readDeclaration();
    else this.readStartTag();
  }

  private readText(end: number): void {
    const { open } = this;
    const run = this.source.slice(this.at, end);
    // Blanks between elements say nothing; blanks that are all there is in an element may be a value.
    const isSaid = run.trim() !== '' || (run !== '' && open?.children.length === 0);
    if (isSaid && open !== undefined) open.text += this.decoded(run);
    else if (isSaid && run.trim() !== '') this.fail('XML_MALFORMED', 'text outside the root element');
    this.at = end;
  }

  private readDeclaration(): void {
    const { source, at } = this;
    if (source.startsWith('<!--', at)) this.skipTo('-->', 'a comment');
    else if (source.startsWith('<![CDATA[', at)) this.readCharacters(at + '<![CDATA['.length);
    else this.fail('XML_FORBIDDEN', 'a document type declaration; entities are never expanded');
  }

  private readCharacters(from: number): void {
    const open = this.open ?? this.fail('XML_MALFORMED', 'CDATA outside the root element');
    this.skipTo(']]>', 'CDATA');
    open.text += this.source.slice(from, this.at - ']]>'.length);
  }

  private skipTo(end: string, what: string): void {
    const found = this.source.indexOf(end, this.at + 2);
    if (found < 0) this.fail('XML_MALFORMED', `the text ends inside ${what}`);
    this.at = found + end.length;
  }

  private readEndTag(): void {
    const name = this.matched(NAME, this.at + 2)?.[0];
    if (name === undefined || this.open?.qualifiedName !== name) {
      const expected = this.open === undefined ? 'no end tag' : `the end of ${this.open.qualifiedName}`;
      this.fail('XML_MALFORMED', `${expected} was expected`);
    }
    this.at += 2 + (name?.length ?? 0);
    if (this.matched(TAG_END, this.at)?.[1] !== '') this.fail('XML_MALFORMED', 'an end tag is not closed');
    this.at = TAG_END.lastIndex;
    this.open = this.open?.parent;
    this.depth -= 1;
  }

  private readStartTag(): void {
    const qualifiedName = this.matched(NAME, this.at + 1)?.[0] ?? this.fail('XML_MALFORMED', 'a tag without a name');
    if (this.root !== undefined && this.open === undefined) this.fail('XML_MALFORMED', 'a second root element');
    const element: Growing = {
      name: qualifiedName.slice(qualifiedName.indexOf(':') + 1),
      qualifiedName,
      attributes: this.readAttributes(this.at + 1 + qualifiedName.length),
      children: [],
      text: '',
      parent: this.open,
      line: this.lineHere(),
    };
    const end = this.matched(TAG_END, this.at);
    if (end === null) this.fail('XML_MALFORMED', `the tag ${qualifiedName} is not closed, or has a broken attribute`);
    this.at = TAG_END.lastIndex;
    this.take(element, end?.[1] === '/');
  }

  private take(element: Growing, isEmpty: boolean): void {
    const { limits } = this;
    this.elements += 1;
    if (this.elements > limits.elements) this.fail('XML_TOO_LARGE', `more than ${limits.elements} elements`);
    if (this.depth + 1 > limits.depth) this.fail('XML_TOO_LARGE', `more than ${limits.depth} levels`);
    if (this.open === undefined) this.root = element;
    else {
      const { children } = this.open;
      if (children.length === 0 && this.open.text.trim() === '') this.open.text = '';
      children.push(element);
    }
    if (isEmpty) return;
    this.open = element;
    this.depth += 1;
  }

  private readAttributes(from: number): ReadonlyMap<string, string> {
    const attributes = new Map<string, string>();
    const start = this.at;
    let end = from;
    for (let found = this.matched(ATTRIBUTE, end); found !== null; found = this.matched(ATTRIBUTE, end)) {
      const [, name = '', double, single = ''] = found;
      end = ATTRIBUTE.lastIndex;
      if (attributes.has(name)) this.fail('XML_MALFORMED', `the attribute ${name} is given twice`);
      if (attributes.size >= this.limits.attributes) this.fail('XML_TOO_LARGE', 'too many attributes');
      attributes.set(name, this.decoded(double ?? single));
    }
    this.lineHere();
    this.at = Math.max(start, end);
    return attributes;
  }

  private decoded(raw: string): string {
    if (!raw.includes('&')) return raw;
    return raw.replace(REFERENCE, (reference, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return PREDEFINED.get(name) ?? this.fail('XML_FORBIDDEN', `the entity ${name}`);
      if (decimal === undefined && hex === undefined) this.fail('XML_MALFORMED', 'an ampersand that begins nothing');
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      const allowed = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && code > 0;
      if (!allowed || FORBIDDEN_CHARACTER.test(String.fromCodePoint(code))) {
        this.fail('XML_MALFORMED', `the character reference ${reference}`);
      }
      return String.fromCodePoint(code);
    });
  }

  private matched(pattern: RegExp, at: number): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(this.source);
  }

  /** The line of the current place; counts on from where it was last asked for. */
  private lineHere(): number {
    while (this.lineEnd < this.at) {
      this.line += 1;
      const next = this.source.indexOf('\n', this.lineEnd + 1);
      this.lineEnd = next < 0 ? this.source.length : next;
    }
    return this.line;
  }

  private fail(code: PmmlRefusalCode, what: string): never {
    const place = { path: pathOf(this.open), line: this.lineHere() };
    throw new PmmlFault({ refused: true, code, detail: `Line ${place.line}: ${what}.`, place });
  }
}
