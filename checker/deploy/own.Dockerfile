# An image that grades a course of your own, on top of the image `course` that Dockerfile makes. Build it
# with the folder of your course as context; of that only what checks need stays in the image, and no
# solutions:
#
#     docker build -f checker/deploy/own.Dockerfile -t my-course path/to/my-course
#     docker run --rm --network none -v "$PWD/handed-in:/class:ro" -v "$PWD/graded:/graded" my-course
FROM course
RUN --mount=type=bind,target=/own course init --from /own --build /home/grader/own
WORKDIR /home/grader/own
