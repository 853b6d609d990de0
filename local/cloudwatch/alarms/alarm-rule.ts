import { invalidRule } from '../cloudwatch-errors.ts';
import type { AlarmState } from './alarm.ts';

/** The state of an alarm by its name or ARN. */
export type StateOf = (alarm: string) => AlarmState;

/** The rule of a composite alarm, read. */
export interface AlarmRule {
  /** As they are named, names or ARNs, each once. */
  readonly children: readonly string[];
  isMet(stateOf: StateOf): boolean;
}

type Test = (stateOf: StateOf) => boolean;

// CloudWatch API Reference, PutCompositeAlarm: "as many as 100 children", "as many as 500 elements"; a rule has at most 10,240 characters.
const maxLength = 10_240;
const maxElements = 500;
const maxChildren = 100;

const token =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"((?:[^"\\]|\\.)+)"|([^()"\s]+))\s*\)|(\(|\)|AND\b|OR\b|NOT\b|TRUE\b|FALSE\b))/iy;

type Token =
  | { readonly kind: 'state'; readonly state: AlarmState; readonly alarm: string }
  | { readonly kind: 'word'; readonly word: string };

const isState = (text: string | undefined): text is AlarmState => text === 'ALARM' || text === 'OK' || text === 'INSUFFICIENT_DATA';

const tokensOf = (rule: string): readonly Token[] => {
  const tokens: Token[] = [];
  const text = rule.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (found === null) throw invalidRule(`'${text.slice(at, at + 40).trim()}' is not understood`);
    const [, state, quoted, plain, word = ''] = found;
    const alarm = quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '';
    tokens.push(isState(state) ? { kind: 'state', state, alarm } : { kind: 'word', word: word.toUpperCase() });
  }
  return tokens;
};

/** Reads `ALARM(a) AND NOT (OK("b c") OR TRUE)`; NOT binds tightest, then AND, then OR. */
class RuleParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Test {
    const test = this.#either();
    if (this.#at < this.#tokens.length) throw invalidRule('something follows its end');
    return test;
  }

  #either(): Test {
    const tests = [this.#both()];
    while (this.#accept('OR')) tests.push(this.#both());
    return (stateOf) => tests.some((test) => test(stateOf));
  }

  #both(): Test {
    const tests = [this.#single()];
    while (this.#accept('AND')) tests.push(this.#single());
    return (stateOf) => tests.every((test) => test(stateOf));
  }

  #single(): Test {
    if (this.#accept('NOT')) return negated(this.#single());
    if (this.#accept('(')) return this.#group();
    if (this.#accept('TRUE')) return () => true;
    if (this.#accept('FALSE')) return () => false;
    const next = this.#tokens[this.#at];
    if (next?.kind !== 'state') throw invalidRule('an operator or a parenthesis has no expression');
    this.#at += 1;
    return (stateOf) => stateOf(next.alarm) === next.state;
  }

  #group(): Test {
    const test = this.#either();
    if (!this.#accept(')')) throw invalidRule('a parenthesis is not closed');
    return test;
  }

  #accept(word: string): boolean {
    const next = this.#tokens[this.#at];
    if (next?.kind !== 'word' || next.word !== word) return false;
    this.#at += 1;
    return true;
  }
}

const negated =
  (test: Test): Test =>
  (stateOf) =>
    !test(stateOf);

const isElement = (one: Token): boolean => one.kind === 'state' || !['AND', 'OR', 'NOT'].includes(one.word);

/** Throws `AwsError` for what is no rule, or a larger one than CloudWatch takes. */
export const parseAlarmRule = (rule: string): AlarmRule => {
  if (rule.length > maxLength) throw invalidRule(`it has more than ${maxLength} characters`);
  const tokens = tokensOf(rule);
  if (tokens.filter(isElement).length > maxElements) throw invalidRule(`it has more than ${maxElements} elements`);
  const children = [...new Set(tokens.flatMap((one) => (one.kind === 'state' ? [one.alarm] : [])))];
  if (children.length > maxChildren) throw invalidRule(`it names more than ${maxChildren} alarms`);
  return { children, isMet: new RuleParser(tokens).parse() };
};
