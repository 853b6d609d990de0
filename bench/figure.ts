/** One number that must stay on its side of a limit. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly limit: { readonly atMost: number } | { readonly atLeast: number };
  /** What is compared with what, for a reader of the output. */
  readonly what: string;
  /** Takes the samples; a ratio's two sides alternate within it, so that both see the same machine. */
  sample(): Promise<Samples>;
}

export interface Samples {
  readonly values: readonly number[];
  /** Absolute figures worth knowing, e.g. `182 onboardings/s`. */
  readonly absolute?: string;
}

export interface Result {
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  /** The median of the samples. */
  readonly value: number;
  readonly spread: { readonly min: number; readonly max: number };
  readonly limit: string;
  readonly verdict: 'ok' | 'over';
  readonly absolute?: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};

export const measure = async (figure: Figure): Promise<Result> => {
  const { values, absolute } = await figure.sample();
  const value = median(values);
  const { limit } = figure;
  const isWithin = 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
  return {
    name: figure.name,
    what: figure.what,
    unit: figure.unit,
    value,
    spread: { min: Math.min(...values), max: Math.max(...values) },
    limit: 'atMost' in limit ? `<= ${limit.atMost}` : `>= ${limit.atLeast}`,
    verdict: isWithin ? 'ok' : 'over',
    ...(absolute === undefined ? {} : { absolute }),
  };
};

/** How many samples a median is taken of. */
export const SAMPLES = 5;
