import { areOnePerson, areTwo } from '../../domain/proposal.ts';

const user = (name: string) => `arn:aws:iam::111122223333:user/${name}`;
const session = (role: string, name: string) => `arn:aws:sts::111122223333:assumed-role/${role}/${name}`;

describe('Two principals', () => {
  test.each([
    ['one user', user('ann'), user('ann')],
    ['one session', session('Operator', 'ann'), session('Operator', 'ann')],
    ['two roles under one session name', session('Operator', 'ann'), session('Security', 'ann')],
  ])('are one person: %s', (_, one, other) => {
    expect(areOnePerson(one, other)).toBe(true);
    expect(areTwo({ arn: one, role: 'operator' }, { arn: other, role: 'security' })).toBe(false);
  });

  test.each([
    ['two users', user('ann'), user('ben')],
    ['two sessions of two roles', session('Operator', 'ann'), session('Security', 'ben')],
    ['two sessions of one role', session('Admin', 'ann'), session('Admin', 'ben')],
    ['a user and a session', user('ann'), session('Security', 'ann')],
  ])('are two people: %s, but only in two roles', (_, one, other) => {
    expect(areTwo({ arn: one, role: 'operator' }, { arn: other, role: 'security' })).toBe(true);
    expect(areTwo({ arn: one, role: 'operator' }, { arn: other, role: 'operator' })).toBe(false);
  });
});
