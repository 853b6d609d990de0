import { isJsonObject } from '../../json-object.ts';
import type { ResourceQuestion } from '../intrinsics/symbolic.ts';
import { questionsIn } from '../intrinsics/symbolic.ts';

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
};

/** What a planned value asks of resources, each question once. */
export const resourcesIn = (planned: unknown): readonly ResourceQuestion[] => [
  ...new Map(
    textsIn(planned)
      .flatMap(questionsIn)
      .map((question) => [`${question.logicalId}.${question.attribute ?? ''}`, question]),
  ).values(),
];

const namesIn = (node: unknown): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (!isJsonObject(node)) return [];
  const ref = typeof node['Ref'] === 'string' ? [node['Ref']] : [];
  const sub = textsIn(node['Fn::Sub']).flatMap((text) => [...text.matchAll(/\$\{([A-Za-z0-9]+)\}/g)].flatMap(([, name]) => name ?? []));
  return [...ref, ...sub, ...Object.values(node).flatMap(namesIn)];
};

/** What a value of a template names by `Ref` and `Fn::Sub`: parameters and resources, each once. */
export const namesReferredTo = (template: unknown): readonly string[] => [...new Set(namesIn(template))];
