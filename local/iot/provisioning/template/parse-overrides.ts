import type { JsonObject } from '../../../json-object.ts';
import type { IotBehaviour } from '../../behaviour/behaviour.ts';
import type { Override } from './template-document.ts';
import { own, readRecord, type Place } from './template-reader.ts';

// The documentation's examples spell the keys in one way, its prose in the other.
const spellings = {
  attributes: { examples: 'AttributePayload', prose: 'ATTRIBUTE_PAYLOAD' },
  thingTypeName: { examples: 'ThingTypeName', prose: 'THING_TYPE_NAME' },
  thingGroups: { examples: 'ThingGroups', prose: 'THING_GROUPS' },
  status: { examples: 'Status', prose: 'STATUS' },
} as const;

type Setting = keyof typeof spellings;

const general: readonly Override[] = ['DO_NOTHING', 'REPLACE', 'FAIL'];

function keysOf(setting: Setting, behaviour: IotBehaviour): readonly string[] {
  const { examples, prose } = spellings[setting];
  const accepted = behaviour['template.override-spellings'];
  return accepted === 'both' ? [examples, prose] : [spellings[setting][accepted]];
}

function readOverride(settings: JsonObject, setting: Setting, place: Place): Override {
  // MERGE is for thing groups and attributes only (DG:provision-template).
  const allowed: readonly Override[] = setting === 'attributes' || setting === 'thingGroups' ? [...general, 'MERGE'] : general;
  const given = keysOf(setting, place.behaviour).filter((key) => own(settings, key) !== undefined);
  const [key] = given;
  if (given.length > 1) throw place.refuse(`${given.join(' and ')} say the same thing twice`);
  if (key === undefined) return place.behaviour['template.override-default'];
  const override = allowed.find((name) => name === settings[key]);
  if (override === undefined) throw place.at(key).refuse(`expected one of ${allowed.join(', ')}`);
  return override;
}

const readSettings = (value: unknown, place: Place, settings: readonly Setting[]): JsonObject =>
  readRecord(
    value === undefined ? {} : value,
    place,
    settings.flatMap((setting) => keysOf(setting, place.behaviour)),
  );

export function parseThingOverrides(
  value: unknown,
  place: Place,
): Readonly<Record<'attributes' | 'thingTypeName' | 'thingGroups', Override>> {
  const settings = readSettings(value, place, ['attributes', 'thingTypeName', 'thingGroups']);
  return {
    attributes: readOverride(settings, 'attributes', place),
    thingTypeName: readOverride(settings, 'thingTypeName', place),
    thingGroups: readOverride(settings, 'thingGroups', place),
  };
}

/** Checked only: a certificate that fleet provisioning registers is always new, so its status is never overridden. */
export function checkCertificateOverrides(value: unknown, place: Place): void {
  readOverride(readSettings(value, place, ['status']), 'status', place);
}
