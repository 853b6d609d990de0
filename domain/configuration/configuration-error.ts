/** One thing wrong with a configuration, said so that it can be mended without reading the source. */
export interface ConfigurationMistake {
  /** The setting's path, e.g. `lines.0.name`. */
  readonly where: string;
  readonly got: string;
  readonly allowed: string;
  readonly fix: string;
}

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code = 'ERR_CONFIGURATION';
  readonly mistakes: readonly ConfigurationMistake[];

  constructor(mistakes: readonly ConfigurationMistake[]) {
    super(['The configuration of Muster is not usable.', ...mistakes.map(sentence)].join('\n'));
    this.mistakes = mistakes;
  }
}

const sentence = ({ where, got, allowed, fix }: ConfigurationMistake): string =>
  `  ${where}: got ${got}; allowed is ${allowed}; fix: ${fix}.`;
