# A throw-away PostgreSQL on port $1 of 127.0.0.1, for anybody on this machine, kept until standard
# input closes. Prints "ready" when it accepts connections. Its data is never flushed to the disk.
set -eu
port=$1

newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
PATH=${newest:+$newest:}$PATH

folder=$(mktemp -d /tmp/hypotheca-postgres.XXXXXX)
cd "$folder"

# PostgreSQL refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user" "$folder"
    as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups"
fi

tidy() {
    $as pg_ctl stop --pgdata="$folder/data" --mode=immediate --silent >/dev/null 2>&1 || true
    cd /
    rm -rf "$folder"
}
trap tidy EXIT
trap 'exit 1' HUP INT TERM

$as initdb --pgdata="$folder/data" --username=hypotheca --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }

$as pg_ctl start --pgdata="$folder/data" --wait --silent --log="$folder/server.log" --options="\
    -c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder \
    -c max_connections=300 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
    >/dev/null || { cat "$folder/server.log" >&2; exit 1; }

echo ready
cat >/dev/null
