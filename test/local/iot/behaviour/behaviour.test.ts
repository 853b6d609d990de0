import { behaviourRows, createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';

describe('The table of assumptions', () => {
  test.each(Object.entries(behaviourRows))(
    '%s has a default that fits its own schema and says what it means',
    (id, { schema, value, says }) => {
      expect(id).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
      expect(schema.parse(value)).toEqual(value);
      expect(says).toMatch(/^[A-Z0-9`].*[.]$/);
    },
  );
});

describe('A capture from a real account', () => {
  test('replaces the values that it names and leaves the others', () => {
    expect(createBehaviour({ 'certificate.revoked-is-final': false })).toEqual({
      ...createBehaviour(),
      'certificate.revoked-is-final': false,
    });
  });

  test.each([
    ['an id that does not exist', { 'certificate.unheard-of': true }, 'certificate.unheard-of'],
    ['a value that does not fit', { 'certificate.revoked-is-final': 'yes' }, 'certificate.revoked-is-final'],
    ['something that is no object', 'capture', 'expected object'],
  ])('is refused by name for %s', (_what, capture, named) => {
    expect(() => createBehaviour(capture)).toThrow(named);
  });
});
