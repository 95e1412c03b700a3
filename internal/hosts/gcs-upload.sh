#!/bin/sh
# Puts the site into a bucket: sh .hosts/gcs/upload.sh BUCKET, in the folder that holds the site. Needs the gcloud command line; what is said
# behind the bucket's name is passed on to it. Objects go up in the order of the list, assets first.
set -eu
bucket=${1:?say the name of the bucket}
shift
tab=$(printf '\t')
while IFS="$tab" read -r key file type cache redirect; do
	gcloud storage cp "$file" "gs://$bucket/$key" --content-type="$type" --cache-control="$cache" "$@"
done <.hosts/gcs/objects.tsv
