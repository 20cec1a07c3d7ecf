# Not built yet by anybody; docs/deploy.md says how to use it.
FROM python:3.12-bookworm
WORKDIR /casebook
COPY . .
RUN make site
