# What is on this node's disk. Runs in a container of any image with a POSIX shell (busybox will do) and the docker
# client; the host's root is read-only at /host, the engine's socket in its usual place. It only looks.
#
# Arguments: seconds that may go into sizes (0: none), how many images to look for, those images, then the paths to
# look at.
#
# The answer is a list of fields, each ended by a NUL since paths may hold anything else; packed, in lines that are
# shorter than what an engine cuts a log line at, and closed by a line of its own: half an answer is none.
export LC_ALL=C
budget=$1
images=$2
shift 2
start=$(date +%s)
newline='
'
mounts=$newline$(cut -d ' ' -f 5 /proc/self/mountinfo)$newline
trouble=/tmp/holdfast-trouble
[ -w /tmp ] || trouble=/dev/shm/holdfast-trouble

fail() {
    echo "$*" >&2
    exit 1
}

# Runs the docker client over many names. What vanished between listing and looking is simply gone; anything else that
# goes wrong would make the answer look shorter than the truth.
inspect() { # KIND FORMAT, names on stdin
    xargs -r docker "$1" inspect --format "$2" 2>"$trouble"
    if grep -v -i 'no such' "$trouble" | grep -q .; then
        fail "docker $1 inspect: $(cat "$trouble")"
    fi
}

# Sets $real to the path with every symlink resolved as the host sees it. (The host's own realpath may not exist, and
# ours would follow absolute links into this container.)
resolve() { # PATH
    rest=$1/
    real=
    hops=0
    while [ -n "$rest" ]; do
        part=${rest%%/*}
        rest=${rest#*/}
        case $part in
            '' | .) ;;
            ..) real=${real%/*} ;;
            *)
                if [ -L "/host$real/$part" ]; then
                    hops=$((hops + 1))
                    [ $hops -le 40 ] || return 1
                    link=$(readlink "/host$real/$part" && echo .)
                    link=${link%??}
                    case $link in /*) real= ;; esac
                    rest=$link/$rest
                else
                    real=$real/$part
                fi
                ;;
        esac
    done
}

# A path as the kernel writes it in the list of mounts.
mountinfo() { # PATH
    case $1 in
        *[\\[:space:]]*) printf '%s' "$1" | sed 's/\\/\\134/g; s/ /\\040/g; s/\t/\\011/g' ;;
        *) printf '%s' "$1" ;;
    esac
}

# Says what is at a path, or nothing where it cannot be told: a disk that does not answer is not an absent one.
look() { # INDEX PATH
    resolve "$2" || return 0
    if identity=$(stat -c %d:%i "/host$real" 2>&1); then
        kind=other
        mounted=0
        if [ -d "/host$real" ]; then
            kind=directory
            case $mounts in *"$newline/host$(mountinfo "$real")$newline"*) mounted=1 ;; esac
        fi
        printf 'path\0%s\0%s\0%s\0%s\0%s\0' "$1" $kind "${real:-/}" "$identity" $mounted
    else
        case $identity in
            *'No such file or directory' | *'Not a directory') printf 'path\0%s\0absent\0\0\0000\0' "$1" ;;
        esac
    fi
}

# What folders are in truth that containers and volumes bind: another name of a claim is that claim.
links() { # paths on stdin, one a line
    sort -u | while read -r path; do
        case $path in
            /*) ! resolve "$path" || [ "${real:-/}" = "$path" ] || printf 'link\0%s\0%s\0' "$path" "${real:-/}" ;;
        esac
    done
}

size() { # WHAT NAME FOLDER: only as long as the budget lasts
    left=$((start + budget - $(date +%s)))
    [ $left -gt 0 ] || return 0
    kib=$(timeout $left du -skx "/host$3" 2>/dev/null) || return 0
    printf '%s\0%s\0%s\0' "$1" "$2" "${kib%%[!0-9]*}"
}

# When volumes were made. Older engines tell the time of the last change *in* a volume instead (moby 20.10), so that any
# write would make it look like another one; the folder around the data changes only when the volume is made.
births() { # ROOT, "name folder" lines on stdin
    while read -r name folder; do
        case $folder in
            "$1"/volumes/*/_data) ! born=$(stat -c %Y "/host${folder%/*}" 2>/dev/null) || printf 'born\0%s\0%s\0' "$name" "$born" ;;
        esac
    done
}

# Says whether the engine has an image, or nothing where it cannot be told.
image() { # NAME
    if docker image inspect --format '{{.Id}}' "$1" >/dev/null 2>"$trouble"; then
        printf 'image\0%s\0001\0' "$1"
    elif grep -q -i 'no such' "$trouble"; then
        printf 'image\0%s\0000\0' "$1"
    fi
}

answer() {
    root=$(docker info --format '{{.DockerRootDir}}') || fail 'docker info failed'
    printf 'root\0%s\0' "$root"
    names=$(docker volume ls -q) || fail 'docker volume ls failed'
    printf 'volumes\0'
    printf '%s\n' "$names" | inspect volume '{{json .}}' || exit 1
    printf '\0'
    printf '%s\n' "$names" | inspect volume '{{.Name}} {{.Mountpoint}}' | births "$root"
    ids=$(docker ps -aq --no-trunc) || fail 'docker ps failed'
    printf 'containers\0'
    printf '%s\n' "$ids" | inspect container '{"id":{{json .Id}},"name":{{json .Name}},"state":{{json .State.Status}},"task":{{json (index .Config.Labels "com.docker.swarm.task.id")}},"service":{{json (index .Config.Labels "com.docker.swarm.service.name")}},"mounts":{{json .Mounts}}}' || exit 1
    printf '\0'
    {
        printf '%s\n' "$names" | inspect volume '{{with .Options}}{{index . "device"}}{{end}}'
        printf '%s\n' "$ids" | inspect container '{{range .Mounts}}{{if eq .Type "bind"}}{{println .Source}}{{end}}{{end}}'
    } >/tmp/holdfast-binds || exit 1
    links </tmp/holdfast-binds
    cat /tmp/holdfast-images
    index=0
    for path; do
        look $index "$path"
        index=$((index + 1))
    done
    if [ "$budget" -gt 0 ]; then
        index=0
        for path; do
            ! resolve "$path" || [ ! -d "/host$real" ] || size path-size $index "$real"
            index=$((index + 1))
        done
        printf '%s\n' "$names" | inspect volume '{{.Name}} {{.Mountpoint}}' | while read -r name folder; do
            [ ! -d "/host$folder" ] || size volume-size "$name" "$folder"
        done
    fi
    printf 'end\0'
}

: >/tmp/holdfast-images
while [ "$images" -gt 0 ]; do
    image "$1" >>/tmp/holdfast-images
    images=$((images - 1))
    shift
done
answer "$@" >/tmp/holdfast-answer || exit 1
gzip -c /tmp/holdfast-answer | base64 | tr -d '\n' | fold -w 8000 | sed 's/^/holdfast: /'
echo
echo 'holdfast: .'
