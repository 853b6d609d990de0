import type { Command, Option } from 'commander';
import type { KnownNames } from './names.ts';

/** A word that may stand next. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/**
 * What may stand where somebody is typing; nothing where only they can know, or where a file may stand.
 * @param words all that is typed after the program's name; the last is the one being typed, and may be empty
 */
export const candidatesFor = (program: Command, words: readonly string[], names: KnownNames): readonly Candidate[] => {
  // A shell may take an equals sign for a word of its own.
  const typed = words.filter((word, index) => word !== '=' || index === words.length - 1).map((word) => (word === '=' ? '' : word));
  const current = typed.at(-1) ?? '';
  const place = walk(program, typed.slice(0, -1));
  return proposals(place, current, names).filter(({ value }) => value.startsWith(current));
};

interface Place {
  /** From the program to the command that is being typed. */
  readonly chain: readonly [Command, ...Command[]];
  /** The option whose value comes next. */
  readonly awaiting: Option | undefined;
  readonly used: ReadonlySet<Option>;
  readonly operands: number;
  readonly isPastOptions: boolean;
}

const walk = (program: Command, words: readonly string[]): Place =>
  words.reduce<Place>(step, { chain: [program], awaiting: undefined, used: new Set(), operands: 0, isPastOptions: false });

const step = (place: Place, word: string): Place => {
  if (place.awaiting !== undefined) return { ...place, awaiting: undefined };
  if (word === '--') return { ...place, isPastOptions: true };
  if (word.startsWith('-') && !place.isPastOptions) return atOption(place, word);
  const inner = commandOf(place).commands.find((command) => command.name() === word || command.aliases().includes(word));
  return inner === undefined || place.operands > 0
    ? { ...place, operands: place.operands + 1 }
    : { ...place, chain: [...place.chain, inner] };
};

const atOption = (place: Place, word: string): Place => {
  const [name = ''] = word.split('=');
  const option = optionsOf(place).find(({ long, short }) => long === name || short === name);
  if (option === undefined) return place;
  const awaiting = !option.isBoolean() && !word.includes('=') ? option : undefined;
  return { ...place, awaiting, used: new Set([...place.used, option]) };
};

const commandOf = ({ chain }: Place): Command => chain.at(-1) ?? chain[0];

const optionsOf = (place: Place): readonly Option[] => [
  ...commandOf(place).createHelp().visibleOptions(commandOf(place)),
  ...place.chain.slice(0, -1).flatMap((command) => command.options.filter(({ hidden }) => !hidden)),
];

const proposals = (place: Place, current: string, names: KnownNames): readonly Candidate[] => {
  if (place.awaiting !== undefined) return valuesOf(place.awaiting, names);
  if (current.startsWith('-') && !place.isPastOptions) return current.includes('=') ? valuesInOne(place, current, names) : flags(place);
  const command = commandOf(place);
  if (place.operands === 0 && command.commands.length > 0) {
    return command
      .createHelp()
      .visibleCommands(command)
      .map((inner) => ({ value: inner.name(), description: inner.description() }));
  }
  const argument = command.registeredArguments[place.operands];
  return (argument?.argChoices ?? names.get(argument?.name() ?? '') ?? []).map((value) => ({ value, description: '' }));
};

const flags = (place: Place): readonly Candidate[] =>
  optionsOf(place)
    .filter((option) => !place.used.has(option))
    .flatMap(({ long, short, description }) => ((long ?? short) ? [{ value: long ?? short ?? '', description }] : []));

const valuesOf = (option: Option, names: KnownNames): readonly Candidate[] =>
  (option.argChoices ?? names.get(option.name()) ?? []).map((value) => ({ value, description: '' }));

const valuesInOne = (place: Place, current: string, names: KnownNames): readonly Candidate[] => {
  const [name = ''] = current.split('=');
  const option = optionsOf(place).find(({ long }) => long === name);
  return option === undefined ? [] : valuesOf(option, names).map(({ value }) => ({ value: `${name}=${value}`, description: '' }));
};
