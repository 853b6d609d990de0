import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { aliasName, keyReference } from '../input-schemas.ts';
import { requireNotPendingDeletion } from '../key-access.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

const targeted = z.object({ AliasName: aliasName, TargetKeyId: keyReference });

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const createAlias =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { AliasName, TargetKeyId } = parseInput(targeted, members);
    const key = keys.resolve(TargetKeyId);
    requireNotPendingDeletion(key);
    keys.createAlias(AliasName, key);
    return undefined;
  };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html */
export const updateAlias =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { AliasName, TargetKeyId } = parseInput(targeted, members);
    const key = keys.resolve(TargetKeyId);
    requireNotPendingDeletion(key);
    keys.updateAlias(AliasName, key);
    return undefined;
  };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html */
export const deleteAlias =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    keys.deleteAlias(parseInput(z.object({ AliasName: aliasName }), members).AliasName);
    return undefined;
  };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html; all of them in one page. */
export const listAliases =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId } = parseInput(z.object({ KeyId: keyReference.optional() }), members);
    const only = KeyId === undefined ? undefined : keys.resolve(KeyId).keyId;
    const aliases = [...keys.aliases()].filter(([, keyId]) => only === undefined || keyId === only);
    return {
      Aliases: aliases.map(([name, TargetKeyId]) => ({ AliasName: name, AliasArn: keys.aliasArn(name), TargetKeyId })),
      Truncated: false,
    };
  };
