-- Who may log in with which rights. Each role's password is its name in capitals, unless said otherwise.
CREATE ROLE superuser SUPERUSER LOGIN PASSWORD 'SUPERUSER';

-- Names of the roles that stand for a superuser at managed services.
CREATE ROLE rds_superuser;
CREATE ROLE managed LOGIN PASSWORD 'MANAGED' IN ROLE rds_superuser;

CREATE ROLE coder LOGIN;
CREATE ROLE owner LOGIN PASSWORD 'OWNER';
CREATE ROLE other LOGIN PASSWORD 'OTHER';
-- Owns the tables, may create nothing.
CREATE ROLE without_rights LOGIN PASSWORD 'WITHOUT_RIGHTS';
ALTER ROLE without_rights SET search_path = mine;
-- May create, owns nothing.
CREATE ROLE creator LOGIN PASSWORD 'CREATOR';
-- Owns nothing itself, but is a member of the role that does.
CREATE ROLE deputy LOGIN PASSWORD 'DEPUTY' IN ROLE other;
CREATE ROLE spaced LOGIN PASSWORD E'SPACED\n';
CREATE ROLE unspaced LOGIN PASSWORD 'UNSPACED';
CREATE ROLE cleartext LOGIN PASSWORD 'CLEARTEXT';
CREATE ROLE tls_only LOGIN PASSWORD 'TLS_ONLY';
CREATE ROLE by_certificate LOGIN PASSWORD 'BY_CERTIFICATE';
CREATE ROLE turned_away LOGIN PASSWORD 'TURNED_AWAY';
CREATE ROLE reader LOGIN PASSWORD 'READER';
ALTER ROLE reader SET default_transaction_read_only = on;
CREATE ROLE no_login PASSWORD 'NO_LOGIN';
CREATE ROLE full_up LOGIN PASSWORD 'FULL_UP' CONNECTION LIMIT 0;

CREATE DATABASE coder OWNER coder;
CREATE DATABASE owned OWNER owner;
CREATE DATABASE closed;
REVOKE CONNECT ON DATABASE closed FROM PUBLIC;
CREATE DATABASE shared;
GRANT CREATE ON DATABASE shared TO creator, deputy;

\connect coder
SET ROLE coder;
CREATE TABLE migration_cursor (version int);

\connect owned
SET ROLE owner;
CREATE TABLE migration_cursor (version int);
CREATE TABLE users (id uuid, username text);
INSERT INTO users (username) VALUES ('ann'), ('Ann'), ('ANN'), ('bob'), ('Bob'), ('eve');
CREATE SCHEMA side;
CREATE TABLE side.migration_cursor (version int);
CREATE SCHEMA second;
CREATE TABLE second.provisioner_jobs (id uuid);

\connect shared
GRANT CREATE ON SCHEMA public TO other, creator;
GRANT USAGE ON SCHEMA public TO PUBLIC;
CREATE SCHEMA mine AUTHORIZATION without_rights;
SET ROLE without_rights;
CREATE TABLE mine.migration_cursor (version int);
RESET ROLE;
SET ROLE other;
CREATE TABLE migration_cursor (version int);
CREATE TABLE users (id uuid);
