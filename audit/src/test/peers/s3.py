"""Asks the S3 server of the tests by AWS's own client: prepare URL, or read URL ID KEY."""
import gzip
import json
import sys

import boto3
from botocore.config import Config

BUCKET = "events"


def client(service, url, key_id, key):
    return boto3.client(service, endpoint_url=url, region_name="eu-central-1", aws_access_key_id=key_id,
                        aws_secret_access_key=key, config=Config(s3={"addressing_style": "path"}))


def prepare(url):
    """The four calls that the server takes before it wants signatures: a user who may do all, and a bucket."""
    iam = client("iam", url, "anybody", "anything")
    iam.create_user(UserName="saferun")
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    iam.put_user_policy(UserName="saferun", PolicyName="all", PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(UserName="saferun")["AccessKey"]
    client("s3", url, "anybody", "anything").create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    print(key["AccessKeyId"], key["SecretAccessKey"])


def read(url, key_id, key):
    """Each object as a line of its name, type and encryption, and the lines that are in it."""
    s3 = client("s3", url, key_id, key)
    for entry in s3.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        found = s3.get_object(Bucket=BUCKET, Key=entry["Key"])
        print("object", entry["Key"], found["ContentType"], found.get("ServerSideEncryption", "-"))
        sys.stdout.buffer.flush()
        sys.stdout.write(gzip.decompress(found["Body"].read()).decode())


sys.stdout.reconfigure(encoding="utf-8", newline="\n")
{"prepare": prepare, "read": read}[sys.argv[1]](*sys.argv[2:])
