import type { ConfigurationMistake } from './configuration-error.ts';
import type { Configuration } from './configuration-schema.ts';

type Line = Pick<Configuration['lines'][number], 'name' | 'clientIds'>;

/** A client id leads to one device: no path of one line may be, or lie within, that of another, nor look like a name of this deployment. */
export const clientIdMistakes = ({ prefix, lines }: Pick<Configuration, 'prefix' | 'lines'>): readonly ConfigurationMistake[] =>
  lines.flatMap(({ clientIds: { path } }, index) => {
    if (path === undefined) return [];
    const where = `lines.${index}.clientIds.path`;
    const other = lines.find((line, at) => at !== index && isWithin(path, line));
    return [
      ...(other === undefined ? [] : [{ where, got: `"${path}", where the client ids of line "${other.name}" lie`, ...ambiguous }]),
      ...(path.startsWith(`${prefix}-`) ? [{ where, got: `"${path}", which begins as claims do`, ...claimed }] : []),
    ];
  });

const isWithin = (path: string, { clientIds }: Line): boolean =>
  clientIds.path !== undefined && `${path}/`.startsWith(`${clientIds.path}/`);

const ambiguous = {
  allowed: 'a path of which no other line has the beginning: a client id must lead to one device',
  fix: 'make one line of the two, or give the devices of one their own path',
};

const claimed = {
  allowed: 'a path that does not begin with the prefix and a dash, because whoever holds a claim may connect under such names',
  fix: 'choose another prefix for the deployment',
};
