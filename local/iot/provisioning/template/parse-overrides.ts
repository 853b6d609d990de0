import type { JsonObject } from '../../../json-object.ts';
import type { Override } from './template-document.ts';
import { malformedTemplate, readRecord } from './template-reader.ts';

// The documentation's prose and its examples spell the keys differently; both are accepted (assumed).
const spellings = {
  attributes: ['AttributePayload', 'ATTRIBUTE_PAYLOAD'],
  thingTypeName: ['ThingTypeName', 'THING_TYPE_NAME'],
  thingGroups: ['ThingGroups', 'THING_GROUPS'],
  status: ['Status', 'STATUS'],
} as const;

type Setting = keyof typeof spellings;

const general: readonly Override[] = ['DO_NOTHING', 'REPLACE', 'FAIL'];

function readOverride(settings: JsonObject, setting: Setting, where: string): Override {
  // MERGE is for thing groups and attributes only (DG:provision-template).
  const allowed: readonly Override[] = setting === 'attributes' || setting === 'thingGroups' ? [...general, 'MERGE'] : general;
  const given = spellings[setting].map((key) => settings[key]).filter((value) => value !== undefined);
  if (given.length > 1) throw malformedTemplate(where, `${spellings[setting].join(' and ')} say the same thing twice`);
  // The default is not documented; assumed to leave what exists alone.
  const value = given[0] ?? 'DO_NOTHING';
  const override = allowed.find((name) => name === value);
  if (override === undefined) throw malformedTemplate(`${where}.${spellings[setting][0]}`, `expected one of ${allowed.join(', ')}`);
  return override;
}

const allowedKeys = (settings: readonly Setting[]): readonly string[] => settings.flatMap((setting) => spellings[setting]);

export function parseThingOverrides(
  value: unknown,
  where: string,
): Readonly<Record<'attributes' | 'thingTypeName' | 'thingGroups', Override>> {
  const settings = readRecord(value ?? {}, where, allowedKeys(['attributes', 'thingTypeName', 'thingGroups']));
  return {
    attributes: readOverride(settings, 'attributes', where),
    thingTypeName: readOverride(settings, 'thingTypeName', where),
    thingGroups: readOverride(settings, 'thingGroups', where),
  };
}

/** Checked only: a certificate that fleet provisioning registers is always new, so its status is never overridden. */
export function checkCertificateOverrides(value: unknown, where: string): void {
  readOverride(readRecord(value ?? {}, where, allowedKeys(['status'])), 'status', where);
}
