// SM RegisterThing: the same map of parameters on the control plane.
const maxNameCharacters = 2048;
const maxValueCharacters = 4096;

/** What is wrong with a template parameter, if anything is. */
export function brokenParameter(name: string, value: unknown): string | undefined {
  if (name.length > maxNameCharacters) return `a name has more than ${maxNameCharacters} characters`;
  if (typeof value !== 'string') return 'a value is not a string';
  return value.length > maxValueCharacters ? `a value has more than ${maxValueCharacters} characters` : undefined;
}
