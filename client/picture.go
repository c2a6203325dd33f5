package client

import (
	"context"
	"fmt"
	"os"
)

// pictureFile fetches a captcha's picture into a new file that only its owner can read, and returns
// the file's name. An empty dir is the system's directory for temporary files.
func pictureFile(ctx context.Context, from Portal, c Captcha, dir string) (string, error) {
	png, err := from.CaptchaImage(ctx, c)
	if err != nil {
		return "", fmt.Errorf("fetching the captcha's picture: %w", err)
	}
	file, err := os.CreateTemp(dir, "captcha-*.png") // mode 0600
	if err != nil {
		return "", fmt.Errorf("keeping the captcha's picture: %w", err)
	}
	_, err = file.Write(png)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(file.Name())
		return "", fmt.Errorf("keeping the captcha's picture: %w", err)
	}
	return file.Name(), nil
}
