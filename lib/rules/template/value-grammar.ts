import { entriesOf, isObject } from '../json.ts';
import type { Mistake } from '../rule.ts';

const FUNCTIONS = ['Fn::Join', 'Fn::Select', 'Fn::FindInMap', 'Fn::Split', 'Fn::Sub'];
const CERTIFICATE_ID = 'AWS::IoT::Certificate::Id';

/** What is wrong in a value of a body: functions that do not exist, and references to what is not declared. */
export const valueMistakes = (where: string, value: unknown, parameters: readonly string[]): readonly Mistake[] => {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => valueMistakes(where, item, parameters));
  return entriesOf(value).flatMap(([key, argument]) => {
    if (key === 'Ref') return referenceMistakes(where, argument, parameters);
    const unknown = key.startsWith('Fn::') && !FUNCTIONS.includes(key);
    return [
      ...(unknown ? [{ got: `${key} in ${where}`, allowed: FUNCTIONS.join(', '), fix: 'compute the value in the hook' }] : []),
      ...valueMistakes(where, argument, parameters),
    ];
  });
};

const referenceMistakes = (where: string, name: unknown, parameters: readonly string[]): readonly Mistake[] =>
  typeof name === 'string' && (name === CERTIFICATE_ID || parameters.includes(name))
    ? []
    : [
        {
          got: `a reference to ${JSON.stringify(name)} in ${where}`,
          allowed: [CERTIFICATE_ID, ...parameters].join(', '),
          fix: 'declare the parameter',
        },
      ];

/** Whether a value takes what one parameter holds, and nothing else. */
export const isReferenceTo = (value: unknown, names: readonly string[]): boolean =>
  isObject(value) && Object.keys(value).length === 1 && typeof value['Ref'] === 'string' && names.includes(value['Ref']);
