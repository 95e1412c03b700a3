#!/bin/sh
# Puts the site into a bucket: sh .hosts/s3/upload.sh BUCKET, in the folder that holds the site. Needs the AWS command line; what is said behind
# the bucket's name is passed on to it, such as --profile or --endpoint-url. Objects go up in the order of the list, assets first.
set -eu
bucket=${1:?say the name of the bucket}
shift
tab=$(printf '\t')
while IFS="$tab" read -r key file type cache redirect; do
	if [ "$redirect" = - ]; then
		aws s3api put-object --bucket "$bucket" --key "$key" --body "$file" --content-type "$type" --cache-control "$cache" "$@" >/dev/null
	else
		aws s3api put-object --bucket "$bucket" --key "$key" --body "$file" --content-type "$type" --cache-control "$cache" --website-redirect-location "$redirect" "$@" >/dev/null
	fi
done <.hosts/s3/objects.tsv
