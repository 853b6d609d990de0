import { readFileSync } from 'node:fs';
import { entriesOf, isObject } from './json.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';
import type { TemplateResource } from './rule.ts';
import { parseJson } from '../../domain/parse-json.ts';

/** The resources of a synthesized template. */
export const resourcesOf = (template: unknown): readonly TemplateResource[] =>
  entriesOf(isObject(template) ? template['Resources'] : undefined).flatMap(([logicalId, resource]) => {
    if (!isObject(resource) || typeof resource['Type'] !== 'string') return [];
    const properties = resolveIntrinsics(resource['Properties'] ?? {});
    return [{ logicalId, type: resource['Type'], properties: isObject(properties) ? properties : {} }];
  });

export const readTemplate = (path: string): readonly TemplateResource[] => resourcesOf(parseJson(readFileSync(path, 'utf8')));
