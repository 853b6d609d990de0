import { isUtf8 } from 'node:buffer';
import { Tokenizer, type Token } from 'cborg';

/** A map or list that has begun and not ended. */
interface Open {
  readonly isMap: boolean;
  /** `Infinity` until the break that ends it. */
  readonly length: number;
  /** Keys and values count each. */
  seen: number;
}

const plain: ReadonlySet<string> = new Set(['uint', 'negint', 'float', 'string', 'array', 'map', 'true', 'false', 'null', 'break']);

// Far deeper than any request, far less deep than the stack.
const maxDepth = 100;

const refuse = (what: string): Error => new Error(`the CBOR has ${what}`);

/** Lets the items of JSON's data model through, well nested (RFC 8949 §3.2); throws on anything else. */
export class StrictTokenizer extends Tokenizer {
  readonly #open: Open[] = [];

  constructor(payload: Uint8Array, options: { readonly allowIndefinite: boolean }) {
    // Without its bytes a text that is no UTF-8 could not be told from one that has replacement characters.
    super(payload, { ...options, retainStringBytes: true });
  }

  override next(): Token {
    const token = super.next();
    const kind = token.type.name;
    if (!plain.has(kind)) throw refuse(`an item of the kind ${kind}`);
    if (token.byteValue !== undefined && !isUtf8(token.byteValue)) throw refuse('text that is no UTF-8');
    if (kind === 'break') this.#break();
    else this.#count(token);
    return token;
  }

  #break(): void {
    const ended = this.#open.pop();
    const isInPlace = ended?.length === Infinity && !(ended.isMap && ended.seen % 2 === 1);
    if (!isInPlace) throw refuse('a break where none belongs');
  }

  #count(token: Token): void {
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.seen += 1;
    if (!token.type.terminal) this.#enter(token);
    for (let last = this.#open.at(-1); last !== undefined && last.seen >= last.length; last = this.#open.at(-1)) this.#open.pop();
  }

  #enter(token: Token): void {
    if (this.#open.length >= maxDepth) throw refuse(`more than ${maxDepth} levels`);
    const isMap = token.type.name === 'map';
    this.#open.push({ isMap, length: Number(token.value) * (isMap ? 2 : 1), seen: 0 });
  }
}
