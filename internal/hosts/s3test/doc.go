// Package s3test puts a finished site into a real server that speaks S3, with the script that a build writes, and fetches it. It is a module of its own
// so that the server never enters the requirements of errdex.
package s3test
