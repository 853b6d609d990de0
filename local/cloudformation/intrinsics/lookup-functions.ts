import { validationError } from '../template/validation-error.ts';
import { listArgument, textArgument } from './argument.ts';
import type { Scope } from './scope.ts';

export const findInMap = (argument: unknown, scope: Scope): unknown => {
  const [map, top, second] = listArgument(argument, 'Fn::FindInMap', '[map, top key, second key]').map((key) =>
    textArgument(key, 'Fn::FindInMap'),
  );
  if (map === undefined || top === undefined || second === undefined) {
    throw validationError('Template error: Fn::FindInMap requires three arguments: a map, a top level key and a second level key');
  }
  return scope.mapping(map, top, second);
};

/** Regions have at least three zones; which ones an account sees is its own affair. */
export const getAvailabilityZones = (argument: unknown, scope: Scope): readonly string[] => {
  const region = argument === '' ? scope.region : textArgument(argument, 'Fn::GetAZs');
  return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
};

const toNumber = (address: string): number => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
const toAddress = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** IPv4 only: `[block, count, host bits]`. */
export const cidr = (argument: unknown): readonly string[] => {
  const [block, count, bits] = listArgument(argument, 'Fn::Cidr', '[block, count, host bits]').map((part) =>
    textArgument(part, 'Fn::Cidr'),
  );
  const [address = '', prefix = ''] = (block ?? '').split('/');
  const [subnets, hostBits] = [Number(count), Number(bits ?? 8)];
  if (!/^\d+(\.\d+){3}$/.test(address) || subnets * 2 ** hostBits > 2 ** (32 - Number(prefix))) {
    throw validationError(`Template error: Fn::Cidr cannot make ${String(count)} blocks of ${hostBits} host bits out of ${String(block)}`);
  }
  return Array.from({ length: subnets }, (_, index) => `${toAddress(toNumber(address) + index * 2 ** hostBits)}/${32 - hostBits}`);
};
