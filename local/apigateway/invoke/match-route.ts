import type { Route } from '../http-api.ts';

export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Candidate extends RouteMatch {
  /** Compared from the left, lower first. */
  readonly rank: readonly number[];
}

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const segmentsOf = (path: string): readonly string[] => path.split('/').slice(1);

/** How well a pattern's segments fit a path's: 0 for a literal, 1 for a variable, 2 for the rest; undefined if they do not. */
const fit = (
  pattern: readonly string[],
  path: readonly string[],
): { readonly ranks: readonly number[]; readonly parameters: readonly (readonly [string, string])[] } | undefined => {
  const ranks: number[] = [];
  const parameters: (readonly [string, string])[] = [];
  for (const [index, segment] of pattern.entries()) {
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    const value = path[index];
    if (value === undefined) return undefined;
    if (name !== undefined && greedy === '+') {
      const rest = path.slice(index).map(decode).join('/');
      return { ranks: [...ranks, 2], parameters: [...parameters, [name, rest]] };
    }
    if (name === undefined && segment !== value) return undefined;
    ranks.push(name === undefined ? 0 : 1);
    if (name !== undefined) parameters.push([name, decode(value)]);
  }
  return pattern.length === path.length ? { ranks, parameters } : undefined;
};

const candidate = (route: Route, method: string, path: string): Candidate | undefined => {
  if (route.routeKey === '$default') return { route, pathParameters: {}, rank: [9] };
  const [wantedMethod = '', wantedPath = ''] = route.routeKey.split(' ');
  if (wantedMethod !== 'ANY' && wantedMethod !== method) return undefined;
  const fitting = fit(segmentsOf(wantedPath), segmentsOf(path));
  if (fitting === undefined) return undefined;
  const parameters = Object.fromEntries(fitting.parameters);
  const isGreedy = fitting.ranks.at(-1) === 2 ? 1 : 0;
  return { route, pathParameters: parameters, rank: [isGreedy, ...fitting.ranks, wantedMethod === 'ANY' ? 1 : 0] };
};

const compare = (a: readonly number[], b: readonly number[]): number => {
  const differing = a.findIndex((value, index) => value !== b[index]);
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
};

/**
 * The route for a request: the most specific path, greedy ones after all others, the method before `ANY`, `$default` last (API Gateway Developer
 * Guide, "Create routes for HTTP APIs").
 */
export const matchRoute = (routes: Iterable<Route>, method: string, path: string): RouteMatch | undefined =>
  [...routes]
    .map((route) => candidate(route, method, path))
    .filter((found) => found !== undefined)
    .sort((a, b) => compare(a.rank, b.rank))[0];
