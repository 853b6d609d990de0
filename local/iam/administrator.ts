import type { User, UserStore } from './user-store.ts';

/** The user with which every account begins: it may do everything that policies of resources do not forbid. */
export const createAdministrator = (users: UserStore): User => {
  const user = users.create('local-administrator');
  users.attachPolicy(user.userName, 'arn:aws:iam::aws:policy/AdministratorAccess');
  return user;
};
