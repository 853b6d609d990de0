import type { KeyState } from '../../domain/account-ports.ts';
import { type Check, type Finding, ok, problem } from './check.ts';
import { lookAtEach } from './look.ts';
import { isOfType } from './of-type.ts';

/** Whether the keys in KMS that records are encrypted with, and that keys of devices derive from, can be used and stay. */
export const keys: Check = {
  name: 'keys',
  phases: ['after'],
  run: async ({ account, deployed }) => {
    const resources = await deployed.resources();
    const own = resources.filter(isOfType('AWS::KMS::Key'));
    const ids = new Set(own.map(({ physicalId }) => physicalId));
    const ofKeys = await lookAtEach(own, ({ physicalId: id, logicalId }) => ({
      at: `the key ${logicalId}`,
      findings: async () => judge(`key ${logicalId} (${id})`, await account.key(id)),
    }));
    const ofAliases = await lookAtEach(resources.filter(isOfType('AWS::KMS::Alias')), ({ physicalId: alias }) => ({
      at: `the key behind "${alias}"`,
      findings: async () => judgeAlias(alias, ids, await account.key(alias)),
    }));
    return [...ofKeys, ...ofAliases];
  },
};

const judge = (key: string, found: KeyState | undefined): readonly Finding[] => {
  if (found?.state === 'Enabled') return [ok(`the ${key} is enabled`)];
  const why = 'What is encrypted with it cannot be read, and devices whose keys derive from it are refused.';
  if (found === undefined) return [problem(`the ${key} is gone`, why, 'Nothing brings it back: deploy anew, and give devices other keys.')];
  if (found.deletesAt === undefined) return [problem(`the ${key} is ${found.state}`, why, 'Enable it.')];
  const when = new Date(found.deletesAt).toISOString();
  return [problem(`the ${key} will be deleted on ${when}`, why, 'Cancel its deletion at once: then nothing brings it back. Enable it.')];
};

const judgeAlias = (alias: string, own: ReadonlySet<string>, found: KeyState | undefined): readonly Finding[] => {
  if (found !== undefined && own.has(found.id)) return [ok(`"${alias}" leads to the key that was deployed`)];
  const why = 'Keys of devices derive from what it leads to: none of those that devices hold is right now.';
  return [problem(`"${alias}" leads to ${found === undefined ? 'no key' : 'another key'}`, why, 'Let it lead back: aws kms update-alias.')];
};
