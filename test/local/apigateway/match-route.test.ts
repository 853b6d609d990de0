import fc from 'fast-check';
import { matchRoute } from '../../../local/apigateway/invoke/match-route.ts';

const routes = (...keys: readonly string[]) =>
  keys.map((routeKey) => ({ routeKey, authorizationType: 'NONE' as const, authorizationScopes: [] }));

const chosen = (keys: readonly string[], method: string, path: string) => {
  const match = matchRoute(routes(...keys), method, path);
  return match === undefined ? undefined : [match.route.routeKey, match.pathParameters];
};

describe('A request takes', () => {
  const keys = ['$default', 'ANY /pets/{proxy+}', 'GET /pets/{id}', 'ANY /pets/{id}', 'GET /pets/dog', 'GET /{x}/dog/toys', 'GET /'];

  test.each([
    ['the literal path', 'GET', '/pets/dog', ['GET /pets/dog', {}]],
    ['a variable where no literal fits', 'GET', '/pets/1', ['GET /pets/{id}', { id: '1' }]],
    ['ANY where no method fits', 'POST', '/pets/1', ['ANY /pets/{id}', { id: '1' }]],
    ['a full match before a greedy one', 'GET', '/pets/dog/toys', ['GET /{x}/dog/toys', { x: 'pets' }]],
    ['a greedy route with the rest of the path', 'GET', '/pets/a/b%20c', ['ANY /pets/{proxy+}', { proxy: 'a/b c' }]],
    ['the root', 'GET', '/', ['GET /', {}]],
    ['the default where nothing fits', 'GET', '/cats', ['$default', {}]],
  ])('%s', (_what, method, path, expected) => {
    expect(chosen(keys, method, path)).toEqual(expected);
  });

  test('no route where there is no default', () => {
    expect(chosen(['GET /pets'], 'GET', '/cats')).toBeUndefined();
    expect(chosen(['GET /pets'], 'POST', '/pets')).toBeUndefined();
    expect(chosen(['GET /pets/{id}'], 'GET', '/pets')).toBeUndefined();
  });

  test('the same route whatever the order in which routes were made', () => {
    const path = fc.array(fc.constantFrom('pets', 'dog', 'toys', '%zz', '1'), { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.shuffledSubarray(keys, { minLength: 2 }), fc.constantFrom('GET', 'POST'), path, (some, method, wanted) => {
        expect(chosen(some, method, wanted)).toEqual(chosen([...some].sort(), method, wanted));
      }),
    );
  });
});
